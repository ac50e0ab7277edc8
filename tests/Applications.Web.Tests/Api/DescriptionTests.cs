using System.Net;
using System.Text.Json;
using Applications.Testing;

namespace Applications.Web.Tests.Api;

/// <summary>The API's description can be read by machines and people, and knows every address.</summary>
public sealed class DescriptionTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Fact]
    public async Task Description_Asked_NamesTheAddresses()
    {
        var host = await hosts.GetAsync();
        var client = await FormClient.SignInAsync(host, "jingban");

        var answer = await client.Http.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var description = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var paths = description.RootElement.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToList();
        Assert.Contains("/api/v1/draws/{id}/decision", paths);
        Assert.Contains("/api/v1/reviews/{caseId}/score", paths);
        Assert.Equal(HttpStatusCode.OK, (await client.Http.GetAsync(new Uri("/api/docs", UriKind.Relative))).StatusCode);
    }
}
