using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Applications.Testing;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.BadInput;

/// <summary>Broken requests to the API: each is answered by a problem that says what is wrong.</summary>
public sealed class ApiInputTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("{\"version\":\"x\"}", "application/json")]
    [InlineData("version=1", "application/x-www-form-urlencoded")]
    [InlineData("", "application/json")]
    [InlineData("{}", "application/json")]
    public async Task Api_WrongBody_IsAProblem(string body, string media)
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var api = ApiClient.Of(host, draft.Token);
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Post, $"applications/{draft.CaseId}/submit"), (HttpMethod.Put, $"applications/{draft.CaseId}/answers"), (HttpMethod.Post, "applications"),
            (HttpMethod.Post, $"work-items/{Guid.NewGuid()}/complete"), (HttpMethod.Post, "tokens"), (HttpMethod.Post, $"applications/{draft.CaseId}/files?field=licence"),
        })
        {
            var answer = await api.SendAsync(method, path, new StringContent(body, Encoding.UTF8, media), null);
            Assert.True((int)answer.Status is >= 400 and < 500, $"{method} {path}: {answer.Status} {answer.Text}");
            Assert.Equal("application/problem+json", answer.MediaType);
        }
    }

    [Fact]
    public async Task Api_WorkItemWithoutOutcome_IsAProblem()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var item = await host.InScopeAsync((_, db) => db.WorkItems.AsNoTracking().SingleAsync(w => w.CaseId == draft.CaseId && w.ClosedAt == null));
        var city = await ApiClient.SignInAsync(host, "shi02");

        foreach (var body in new object[] { new { version = item.Version }, new { outcome = (string?)null, version = item.Version }, new { outcome = "Fly", version = item.Version } })
        {
            var answer = await city.PostAsync($"work-items/{item.Id}/complete", body);
            Assert.True((int)answer.Status is >= 400 and < 500, $"{answer.Status} {answer.Text}");
            Assert.Equal("application/problem+json", answer.MediaType);
        }
    }

    [Fact]
    public async Task Api_KeyThatIsNoUuid_IsAProblem()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1))[0];

        var answer = await ApiClient.Of(host, draft.Token).PostAsync($"applications/{draft.CaseId}/submit", new { version = draft.Version }, "once please");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(0, await host.InScopeAsync((_, db) => db.Filings.CountAsync(f => f.CaseId == draft.CaseId)));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer x")]
    [InlineData("Basic eDp4")]
    public async Task Api_WrongCredentials_AreAProblem(string header)
    {
        var host = await hosts.GetAsync();
        using var http = host.CreateClient();
        http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(header);

        using var answer = await http.GetAsync(new Uri("/api/v1/work-items", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
