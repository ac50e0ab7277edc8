using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Dom;
using Applications.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Invariants;

/// <summary>Invariant 5: for every address that carries an id, who may see what lies behind it. An address that is not in the table fails the test.</summary>
public sealed class ScopeTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private const string UploadAddress = "cases/{id:guid}/uploads/{uploadId:guid}";
    private const string Everybody = "*";
    private const string Reviewed = "owner city county expert officer head leader inspector";
    private const string Handlers = "owner city county officer head leader";
    private const string Department = "officer head leader inspector";
    private const string Comparers = "city officer head leader inspector";
    private const string PoolReaders = "pool officer head leader inspector";
    private const string Keepers = "admin officer inspector";

    /// <summary>GET: template → who gets it.</summary>
    private static readonly Dictionary<string, string> Readers = new()
    {
        ["cases/{id:guid}"] = Reviewed,
        ["cases/{id:guid}/receipt"] = Reviewed,
        ["cases/{id:guid}/pdf"] = Reviewed,
        ["approvals/{id:guid}"] = Handlers,
        ["api/v1/approvals/{id:guid}"] = Handlers,
        ["cases/{id:guid}/rules"] = Reviewed,
        ["cases/{id:guid}/record"] = "city county officer head leader inspector",
        ["cases/{id:guid}/checks"] = Comparers,
        ["cases/{id:guid}/rounds"] = "owner city county officer head leader inspector",
        ["cases/{id:guid}/similar"] = Comparers,
        ["cases/{id:guid}/similar/{otherId:guid}"] = Comparers,
        ["api/v1/applications/{id:guid}/similar"] = Comparers,
        ["api/v1/applications/{id:guid}/similar/{otherId:guid}"] = Comparers,
        ["cases/{id:guid}/files/{fileId:guid}"] = Reviewed,
        ["cases/{id:guid}/files/{fileId:guid}/view"] = Reviewed,
        ["cases/{id:guid}/uploads/{uploadId:guid}"] = "owner",
        ["api/v1/applications/{id:guid}/uploads/{uploadId:guid}"] = "owner",
        ["cases/{id:guid}/edit/{section?}"] = "owner",
        ["cases/{id:guid}/submit"] = "owner",
        ["cases/{id:guid}/evidence/{field}"] = "owner",
        ["cases/{id:guid}/tables/{table}"] = "owner",
        ["lists/{list}"] = Everybody,
        ["enterprise/evidence/{id:guid}"] = "owner",
        ["reviews/{caseId:guid}"] = "expert",
        ["draws/{id:guid}"] = PoolReaders,
        ["draws/{id:guid}/record"] = PoolReaders,
        ["api/v1/draws/{id:guid}"] = PoolReaders,
        ["api/v1/draws/{id:guid}/record"] = PoolReaders,
        ["api/v1/assignments/{id:guid}"] = PoolReaders,
        ["api/v1/assignments/{id:guid}/files/{caseId:guid}"] = PoolReaders,
        ["api/v1/assignments/{id:guid}/record"] = PoolReaders,
        ["api/v1/experts/{id:guid}"] = PoolReaders,
        ["assignments/{id:guid}"] = PoolReaders,
        ["assignments/{id:guid}/files/{caseId:guid}"] = PoolReaders,
        ["meetings/{id:guid}"] = "expert officer head leader inspector",
        ["meetings/{id:guid}/calendar"] = "expert officer head leader inspector",
        ["meetings/{id:guid}/edit"] = "officer",
        ["api/v1/meetings/{id:guid}"] = "expert officer head leader inspector",
        ["admin/batches/{id:guid}"] = Department,
        ["admin/batches/{id:guid}/scores"] = Department,
        ["admin/batches/{id:guid}/silent"] = Department,
        ["admin/accounts/{id:guid}"] = "admin",
        ["admin/organisations/{id:guid}"] = "admin",
        ["admin/programmes/{key}"] = "admin officer head leader inspector",
        ["admin/organisations/{id:guid}/counties/new"] = "admin",
        ["admin/definitions/{id}"] = Keepers,
        ["admin/definitions/{id}/compare"] = Keepers,
        ["admin/definitions/{id}/move"] = Keepers,
        ["enterprise/{section}"] = "owner|other owner",
        ["enterprises/{id:guid}"] = "city county officer head leader inspector",
        ["batches/{id:guid}"] = Everybody,
        ["titles/{id:guid}"] = Department,
        ["api/v1/titles/{id:guid}"] = Department,
        ["cases/{id:guid}/avoid"] = "owner",
        ["cases/{id:guid}/conflicts"] = Department,
        ["admin/batches/{id:guid}/change"] = "officer",
        ["admin/batches/{id:guid}/ratings"] = Department,
        ["experts/{id:guid}"] = PoolReaders,
        ["experts/{id:guid}/files/{fileId:guid}"] = PoolReaders,
        ["notices/{slug}"] = Everybody,
        ["certificates/{number}"] = Everybody,
        ["error/{code:int}"] = Everybody,
        ["dev/gallery/{part:regex(^(home|notice|certificate|login)$)}"] = Everybody,
        ["api/v1/applications/{id:guid}"] = Reviewed,
        ["api/v1/applications/{id:guid}/draft"] = "owner",
        ["api/v1/batches/{id:guid}"] = Department,
        ["api/v1/reviews/{caseId:guid}"] = "expert",
        ["api/v1/definitions/{id}"] = Keepers,
        ["api/v1/notices/{slug}"] = Everybody,
        ["api/v1/certificates/{number}"] = Everybody,
    };

    /// <summary>Addresses that only take: tried by everybody who must not; what the others may do there is tested elsewhere.</summary>
    private static readonly Dictionary<string, string> Writers = new()
    {
        ["api/v1/applications/{id:guid}/answers"] = "owner",
        ["api/v1/applications/{id:guid}/files"] = "owner",
        ["api/v1/applications/{id:guid}/uploads"] = "owner",
        ["cases/{id:guid}/uploads"] = "owner",
        ["api/v1/applications/{id:guid}/submit"] = "owner",
        ["api/v1/applications/{id:guid}/files/{fileId:guid}"] = "owner",
        ["api/v1/applications/{id:guid}/panel"] = "officer",
        ["api/v1/applications/{id:guid}/reopening"] = "nobody",
        ["api/v1/reviews/{caseId:guid}/reopening"] = "expert",
        ["api/v1/applications/{id:guid}/similar/{otherId:guid}/verdict"] = "officer",
        ["api/v1/approvals/{id:guid}/{act}"] = "owner|city|county|officer|head|leader",
        ["api/v1/delegations/{id:guid}"] = "nobody",

        // Every city takes part in a batch: another one has nothing to list there, and learns no more.
        ["api/v1/batches/{id:guid}/recommendation-list"] = "city|other city",
        ["api/v1/batches/{id:guid}/draws"] = "officer",
        ["api/v1/batches/{id:guid}/assignments"] = "officer",
        ["api/v1/assignments/{id:guid}/decision"] = "head|pool",
        ["api/v1/assignments/{id:guid}/files/{caseId:guid}"] = "nobody",
        ["api/v1/draws/{id:guid}/meetings"] = "officer",
        ["api/v1/meetings/{id:guid}/change"] = "officer",
        ["api/v1/meetings/{id:guid}/steps"] = "officer|expert",
        ["api/v1/draws/{id:guid}/decision"] = "officer|head|pool",
        ["api/v1/draws/{id:guid}/run"] = "head|pool|inspector",
        ["api/v1/batches/{id:guid}/site-check-sample"] = "officer",
        ["api/v1/batches/{id:guid}/proposed-list"] = "officer",
        ["api/v1/titles/{id:guid}/report"] = "nobody",
        ["api/v1/titles/{id:guid}/decision"] = "nobody",
        ["api/v1/titles/{id:guid}/revocation"] = "officer",
        ["api/v1/reviews/{caseId:guid}/declaration"] = "expert",
        ["api/v1/reviews/{caseId:guid}/score"] = "expert",
        ["api/v1/work-items/{id:guid}/complete"] = "expert",
        ["api/v1/definitions/{id}/rehearsal"] = "admin|officer|inspector",
        ["api/v1/definitions/{id}/moves"] = "admin",
        ["api/v1/definitions/{id}/switch"] = "admin",
    };

    [Fact]
    public async Task Addresses_WithAnId_AreAllInTheTable()
    {
        var host = await hosts.GetAsync();

        var templates = Templates(host);

        Assert.Empty(templates.Except(Readers.Keys).Except(Writers.Keys));
        Assert.Empty(Readers.Keys.Concat(Writers.Keys).Except(templates));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Addresses_OutsideTheReadersScope_AreNotFound(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var scene = await Scene.SetAsync(host);
        foreach (var (kind, user) in scene.Users)
        {
            var pages = user is null ? (await FormClient.StartAsync(host, "/")).Client : await FormClient.SignInAsync(host, user);
            var api = user is null ? ApiClient.Of(host, "nobody") : await ApiClient.SignInAsync(host, user);
            foreach (var (template, readers) in Readers)
            {
                var may = readers == Everybody || May(readers, kind);
                var seen = await SeesAsync(pages, api, scene.Fill(template));
                Assert.True(may == seen, $"{kind} ({user}) and {template}: may {may}, sees {seen}");
                Assert.False(template.Contains(":guid", StringComparison.Ordinal) && await SeesAsync(pages, api, Scene.Unknown(template)), $"{kind} sees an unknown {template}");
            }

            await ExpectNoWritesAsync(scene, kind, user, pages, api);
        }
    }

    private static bool May(string readers, string kind) => readers.Split(readers.Contains('|', StringComparison.Ordinal) ? '|' : ' ').Contains(kind);

    private static async Task ExpectNoWritesAsync(Scene scene, string kind, string? user, FormClient pages, ApiClient api)
    {
        foreach (var (template, _) in Writers.Where(w => w.Key.StartsWith("api", StringComparison.Ordinal) && !w.Value.Split('|').Contains(kind)))
        {
            var method = template.EndsWith("answers", StringComparison.Ordinal) ? HttpMethod.Put
                : template.EndsWith("{fileId:guid}", StringComparison.Ordinal) || template.Contains("delegations", StringComparison.Ordinal) ? HttpMethod.Delete
                : HttpMethod.Post;
            using HttpContent content = template.EndsWith("files", StringComparison.Ordinal)
                ? new MultipartFormDataContent { { new ByteArrayContent("%PDF-1.4 x"u8.ToArray()), "file", "a.pdf" } }
                : JsonContent.Create(new
                {
                    answers = new { },
                    version = Guid.NewGuid(),
                    outcome = "Score",
                    reason = "x",
                    seats = 3,
                    selected = Array.Empty<Guid>(),
                    documentNumber = "x",
                    ranks = new { },
                    step = "SignIn",
                    hasConflict = true,
                    scores = new { },
                    @lock = true,
                    field = "licence",
                    name = "a.pdf",
                    size = 10,
                });
            var answer = await api.SendAsync(method, scene.Fill(template)[ApiClient.Prefix.Length..] + (template.EndsWith("files", StringComparison.Ordinal) ? "?field=licence" : ""), content, null);
            Assert.True(answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized, $"{kind} ({user}) {method} {template}: {answer.Status} {answer.Text}");
        }

        if (user is null)
        {
            return;
        }

        var token = ((IHtmlInputElement)(await pages.GetAsync("/account/settings")).QuerySelector("[name=__RequestVerificationToken]")!).Value;
        foreach (var (method, path) in new[] { (HttpMethod.Post, "cases/{id:guid}/uploads"), (HttpMethod.Put, UploadAddress), (HttpMethod.Delete, UploadAddress) }.Where(_ => kind != "owner"))
        {
            using var request = new HttpRequestMessage(method, new Uri(scene.Fill(path), UriKind.Relative)) { Content = JsonContent.Create(new { field = "licence", name = "a.pdf", size = 10 }) };
            request.Headers.Add("RequestVerificationToken", token);
            request.Content.Headers.ContentRange = new(0, 9, 10);
            using var response = await pages.Http.SendAsync(request);
            Assert.True(Refused(response), $"{kind} ({user}) {method} {path}: {response.StatusCode}");
        }

        foreach (var template in Readers.Where(r => r.Value != Everybody && !May(r.Value, kind)).Select(r => r.Key).Where(t => !t.StartsWith("api", StringComparison.Ordinal) && t != UploadAddress))
        {
            foreach (var handler in new[] { "", "?handler=Upload", "?handler=Take", "?handler=Remove", "?handler=Autosave", "?handler=Declare", "?handler=Score", "?handler=Decide", "?handler=Run", "?handler=Propose", "?handler=Record", "?handler=Export" })
            {
                using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Outcome", "Return"), new("Reason", "x"), new("Version", Guid.NewGuid().ToString())]);
                using var response = await pages.Http.PostAsync(new Uri(scene.Fill(template) + handler, UriKind.Relative), form);
                Assert.True(Refused(response), $"{kind} ({user}) POST {template}{handler}: {response.StatusCode}");
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Experts_OfACase_AreNamedToNobodyOutsideTheDepartment(bool announced)
    {
        var host = await hosts.GetAsync();
        var (cases, secrets) = await host.InScopeAsync(async (_, db) =>
        {
            var reviewed = await db.Applications.AsNoTracking().Where(a => a.Score != null && (announced ? a.Result != null : a.Result == null)).ToListAsync();
            var ids = reviewed.Select(r => r.Id).ToList();
            var reviews = await db.Reviews.AsNoTracking().Where(r => ids.Contains(r.CaseId)).ToListAsync();
            return (reviewed, reviews.ToLookup(r => r.CaseId));
        });
        Assert.NotEmpty(cases);
        foreach (var one in cases.Take(3))
        {
            var users = await host.InScopeAsync((_, db) => db.Users.Where(u => u.ScopeId == one.EnterpriseId || u.ScopeId == one.CityId || (one.CountyId != null && u.ScopeId == one.CountyId)).Select(u => u.UserName!).ToListAsync());
            var texts = new List<string>();
            foreach (var user in users)
            {
                var (pages, api) = (await FormClient.SignInAsync(host, user), await ApiClient.SignInAsync(host, user));
                foreach (var path in new[] { "/desk", "/desk/done", "/cases", $"/cases/{one.Id}", $"/cases/{one.Id}/receipt", $"/cases/{one.Id}/rules", "/notices", $"/notices/notice-{one.BatchId:N}", $"/notices/announcement-{one.BatchId:N}" })
                {
                    texts.Add((await pages.GetAsync(path)).Source.Text);
                }

                texts.Add((await api.GetAsync("applications")).Text);
                texts.Add((await api.GetAsync($"applications/{one.Id}")).Text);
                texts.Add((await api.GetAsync("work-items")).Text);
            }

            var names = secrets[one.Id].Select(r => r.ExpertName).ToList();
            Assert.True(names.Count >= 3);
            Assert.All(texts, text =>
            {
                Assert.DoesNotContain(names, name => text.Contains(name, StringComparison.Ordinal) || text.Contains(System.Text.Encodings.Web.JavaScriptEncoder.Default.Encode(name), StringComparison.Ordinal));
                Assert.DoesNotContain("评审得分", text, StringComparison.Ordinal);
                Assert.DoesNotContain($"\"score\":{one.Score}", text, StringComparison.Ordinal);
                Assert.DoesNotContain((one.Score!.Value / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public async Task Expert_OnAPanel_DoesNotLearnWhoElseSitsThere()
    {
        var host = await hosts.GetAsync();
        var scene = await Scene.SetAsync(host);
        var expert = scene.Users["expert"]!;
        var (me, others) = await host.InScopeAsync(async (_, db) =>
        {
            var scope = await db.Users.Where(u => u.UserName == expert).Select(u => u.ScopeId).SingleAsync();
            var panel = await db.Reviews.AsNoTracking().Where(r => r.CaseId == scene.CaseId).ToListAsync();
            return (panel.Single(r => r.ExpertId == scope).ExpertName, panel.Where(r => r.ExpertId != scope).Select(r => r.ExpertName).ToList());
        });
        var (pages, api) = (await FormClient.SignInAsync(host, expert), await ApiClient.SignInAsync(host, expert));

        foreach (var path in new[] { "/desk", "/reviews", "/cases", $"/cases/{scene.CaseId}", $"/reviews/{scene.CaseId}" })
        {
            var text = (await pages.GetAsync(path)).Body!.TextContent;
            Assert.DoesNotContain(others, name => name != me && text.Contains(name, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(others, name => name != me && api.GetAsync($"applications/{scene.CaseId}").Result.Text.Contains(name, StringComparison.Ordinal));
    }

    private static List<string> Templates(AppHost host) =>
        [.. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.Parameters.Count > 0 && e.RoutePattern.Parameters.All(p => !p.IsCatchAll))
            .Select(e => e.RoutePattern.RawText!.TrimStart('/')).Where(t => !t.StartsWith("openapi", StringComparison.Ordinal) && !t.StartsWith("api/docs", StringComparison.Ordinal)).Distinct()];

    private static async Task<bool> SeesAsync(FormClient pages, ApiClient api, string path)
    {
        var http = path.StartsWith("/api", StringComparison.Ordinal) ? api.Http : pages.Http;
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        if (Refused(response))
        {
            return false;
        }

        Assert.True(response.StatusCode == HttpStatusCode.OK || path.StartsWith("/error", StringComparison.Ordinal), $"{path}: {response.StatusCode}");
        return true;
    }

    /// <summary>Not found; or sent away at the door of a page that is not for this post at all, whatever id was asked for.</summary>
    private static bool Refused(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || response.RequestMessage!.RequestUri!.AbsolutePath is "/account/login" or "/account/denied";
}
