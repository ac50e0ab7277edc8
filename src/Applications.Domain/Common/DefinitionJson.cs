using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Applications.Domain.Expressions;

namespace Applications.Domain.Common;

/// <summary>How definition files are read: camelCase, enums as text, no unknown and no repeated members, comments allowed.</summary>
public static class DefinitionJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Reads <paramref name="json"/> as a <typeparamref name="T"/>.</summary>
    /// <exception cref="DefinitionException">Not JSON, wrong shape, a member missing, unknown or repeated, or an expression that does not parse.</exception>
    public static T Parse<T>(string json, string fileName)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options)
                ?? throw new DefinitionException(fileName, "$", "The file is empty.");
        }
        catch (JsonException e)
        {
            throw new DefinitionException(fileName, e.Path ?? "$", e.Message);
        }
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNameCaseInsensitive = false,
            NumberHandling = JsonNumberHandling.Strict,
            AllowDuplicateProperties = false,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            ReadCommentHandling = JsonCommentHandling.Skip,
            RespectNullableAnnotations = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new ScriptConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class ScriptConverter : JsonConverter<Script>
    {
        public override Script Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is not JsonTokenType.String)
            {
                throw new JsonException("An expression is written as a string.");
            }

            try
            {
                return Script.Parse(reader.GetString()!);
            }
            catch (ScriptException e)
            {
                throw new JsonException(e.Message, e);
            }
        }

        public override void Write(Utf8JsonWriter writer, Script value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Source);
    }
}
