using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Applications.Domain.Reviews;
using Applications.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Invariants;

/// <summary>Over every address, exports and API included: neither an applicant nor a bureau meets the name of an expert or a single expert's score.</summary>
public sealed partial class SecrecyTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    /// <summary>A score that nothing else on any page can be.</summary>
    private const int Marked = 7319;

    private static readonly string[] Handlers = ["", "?handler=Export", "?handler=Template"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryAddress_ForApplicantsAndBureaus_NamesNoExpertAndNoSingleScore(bool announced)
    {
        var host = await hosts.GetAsync();
        var (one, users, names) = await host.InScopeAsync(async (_, db) =>
        {
            var found = await db.Applications.AsNoTracking().FirstAsync(a => (announced ? a.Result != null : a.Result == null) && db.Reviews.Any(r => r.CaseId == a.Id && r.State == ReviewState.Locked));
            var review = await db.Reviews.FirstAsync(r => r.CaseId == found.Id && r.State == ReviewState.Locked);
            await db.Reviews.Where(r => r.Id == review.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Total, Marked));
            return (
                found,
                await db.Users.Where(u => u.ScopeId == found.EnterpriseId || u.ScopeId == found.CityId || (found.CountyId != null && u.ScopeId == found.CountyId)).Select(u => u.UserName!).ToListAsync(),
                await db.Experts.Select(e => e.Name).ToListAsync());
        });
        Assert.True(names.Count > 60);
        var paths = Addresses(host).Select(a => a.Replace("{id:guid}", a.Contains("batch", StringComparison.Ordinal) ? $"{one.BatchId}" : $"{one.Id}", StringComparison.Ordinal).Replace("{caseId:guid}", $"{one.Id}", StringComparison.Ordinal)).ToList();
        Assert.Contains($"cases/{one.Id}/conflicts", paths);
        Assert.Contains("experts", paths);

        foreach (var user in users)
        {
            var (pages, api) = (await FormClient.SignInAsync(host, user), await ApiClient.SignInAsync(host, user));
            foreach (var path in paths)
            {
                foreach (var handler in path.StartsWith("api/", StringComparison.Ordinal) ? [""] : Handlers)
                {
                    using var response = await (path.StartsWith("api/", StringComparison.Ordinal) ? api.Http : pages.Http).GetAsync(new Uri($"/{path}{handler}", UriKind.Relative));
                    var text = await TextAsync(response);
                    Assert.DoesNotContain(names, n => text.Contains(n, StringComparison.Ordinal) || text.Contains(JavaScriptEncoder.Default.Encode(n), StringComparison.Ordinal));
                    var score = Score().Match(text);
                    Assert.False(score.Success, $"{user} reads a single score at {path}{handler}: {text[Math.Max(0, score.Index - 40)..Math.Min(text.Length, score.Index + 40)]}");
                }
            }
        }
    }

    /// <summary>All that can be asked for, without or with the id of the case or its batch.</summary>
    private static List<string> Addresses(AppHost host) =>
    [
        .. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) ?? true)
            .Where(e => e.RoutePattern.Parameters.All(p => p.Name is "id" or "caseId"))
            .Select(e => e.RoutePattern.RawText!.TrimStart('/'))
            .Where(t => !t.StartsWith("account/log", StringComparison.Ordinal) && !t.StartsWith("dev/", StringComparison.Ordinal) && !t.Contains("{id}", StringComparison.Ordinal) && !t.Contains('.', StringComparison.Ordinal))
            .Distinct(),
    ];

    /// <summary>The marked score, in points or in hundredths; the same digits within an id, a hash or a token are none.</summary>
    [GeneratedRegex(@"(?<![\w+/=-])73\.?19(?![\w+/=-])")]
    private static partial Regex Score();

    private static async Task<string> TextAsync(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType?.Contains("spreadsheet", StringComparison.Ordinal) != true)
        {
            return await response.Content.ReadAsStringAsync();
        }

        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync());
        var text = new StringBuilder();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }
}
