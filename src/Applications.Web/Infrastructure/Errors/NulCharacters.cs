using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;

namespace Applications.Web.Infrastructure.Errors;

/// <summary>
/// U+0000 comes with text copied out of broken files. Nobody can see it and PostgreSQL keeps no text that has it, so it is left out where text comes
/// in: form fields, query and JSON alike.
/// </summary>
public static class NulCharacters
{
    public static string Without(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", string.Empty, StringComparison.Ordinal) : text;
    }

    /// <summary>Takes them out of address and form before anything reads these.</summary>
    public static void UseRequestsWithoutNul(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true)
        {
            request.QueryString = new QueryString(request.QueryString.Value.Replace("%00", string.Empty, StringComparison.Ordinal));
        }

        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
        {
            request.Body = new NulFreeBody(request.Body);
        }

        return next(context);
    });

    /// <summary>For strings in forms.</summary>
    public sealed class BinderProvider : IModelBinderProvider
    {
        public IModelBinder? GetBinder(ModelBinderProviderContext context)
        {
            ArgumentNullException.ThrowIfNull(context);
            return context.Metadata.ModelType == typeof(string) && context.BindingInfo.BinderType is null && context.BindingInfo.BindingSource is not { IsGreedy: true }
                ? new Binder(new SimpleTypeModelBinder(typeof(string), context.Services.GetRequiredService<ILoggerFactory>()))
                : null;
        }
    }

    /// <summary>For strings in JSON.</summary>
    public sealed class Converter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } text ? Without(text) : null;

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteStringValue(value);
        }
    }

    private sealed class Binder(IModelBinder inner) : IModelBinder
    {
        public async Task BindModelAsync(ModelBindingContext bindingContext)
        {
            await inner.BindModelAsync(bindingContext);
            if (bindingContext.Result.Model is string text && Without(text) is var clean && clean.Length < text.Length)
            {
                bindingContext.ModelState.SetModelValue(bindingContext.ModelName, clean, clean);
                bindingContext.Result = ModelBindingResult.Success(clean);
            }
        }
    }
}
