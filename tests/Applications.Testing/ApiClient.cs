using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Applications.Data.Accounts;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Testing;

/// <summary>What the API answered. <paramref name="Body"/> is undefined when it was no JSON.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, string? MediaType, JsonElement Body, string Text);

/// <summary>Speaks to the JSON API with a bearer token.</summary>
public sealed class ApiClient(HttpClient http)
{
    public const string Prefix = "/api/v1/";

    public static ApiClient Of(AppHost host, string token)
    {
        ArgumentNullException.ThrowIfNull(host);
        var http = host.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost"), AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return new ApiClient(http);
    }

    /// <summary>With a fresh token of any account.</summary>
    public static async Task<ApiClient> SignInAsync(AppHost host, string userName)
    {
        ArgumentNullException.ThrowIfNull(host);
        var token = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");
        await host.InScopeAsync(async (services, db) =>
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
            var user = await db.Users.Where(u => u.UserName == userName).Select(u => u.Id).SingleAsync();
            db.ApiTokens.Add(new ApiToken
            {
                Id = Guid.CreateVersion7(),
                UserId = user,
                Name = "test",
                Hash = TokenAuthentication.HashOf(token),
                CreatedAt = now,
                ExpiresAt = now.AddDays(1),
            });
            return await db.SaveChangesAsync();
        });
        return Of(host, token);
    }

    public HttpClient Http => http;

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null);

    public Task<ApiAnswer> PostAsync(string path, object body, string? key = null) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body), key);

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, string? key)
    {
        using var request = new HttpRequestMessage(method, new Uri(Prefix + path, UriKind.Relative)) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var media = response.Content.Headers.ContentType?.MediaType;
        var body = media?.EndsWith("json", StringComparison.Ordinal) == true && text.Length > 0 ? JsonDocument.Parse(text).RootElement : default;
        return new ApiAnswer(response.StatusCode, media, body, text);
    }
}
