using System.Net;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Tests.Features.Definitions;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests;

/// <summary>How many statements a page may need. A number that grows with the rows on the page shows here.</summary>
public sealed class QueryCountTests(QueryCountTests.Counted hosts) : IClassFixture<QueryCountTests.Counted>
{
    [Theory]
    [InlineData("qiye02", "/", 5)]
    [InlineData("shi02", "/desk", 3)]
    [InlineData("jingban", "/desk", 7)]
    [InlineData("jingban", "/cases", 3)]
    [InlineData("shi02", "/cases/{case}", 10)]
    [InlineData("jingban", "/cases/{case}", 8)]
    [InlineData("jingban", "/cases/{case}/similar", 5)]
    [InlineData("jingban", "/cases/{case}/rounds", 5)]
    [InlineData("jingban", "/cases/{corrected}", 10)]
    [InlineData("jingban", "/cases/{corrected}/rounds", 7)]
    [InlineData("jingban", "/admin/batches/{batch}", 10)]
    [InlineData("jingban", "/admin/batches/{batch}/change", 2)]
    [InlineData("jingban", "/admin/batches/{ranked}", 10)]
    [InlineData("jingban", "/admin/batches/{ranked}/scores", 4)]
    [InlineData("shi02", "/recommendations", 4)]
    [InlineData("jijian", "/draws/verify", 1)]
    [InlineData("jingban", "/draws", 4)]
    [InlineData("chuzhang", "/draws/{draw}", 4)]
    [InlineData("jingban", "/draws/{draw}/record", 4)]
    [InlineData("jingban", "/admin/batches/{ranked}/silent", 4)]
    [InlineData("jingban", "/assignments", 4)]
    [InlineData("jingban", "/meetings", 4)]
    [InlineData("zhuanjia01", "/meetings", 3)]
    [InlineData("zhuanjia01", "/desk", 5)]
    [InlineData("jingban", "/meetings/{meeting}", 4)]
    [InlineData("jingban", "/meetings/{meeting}/edit", 3)]
    [InlineData("zhuanjia01", "/meetings/{meeting}", 4)]
    [InlineData("chuzhang", "/desk", 8)]
    [InlineData("jingban", "/admin/definitions", 3)]
    [InlineData("jingban", "/admin/definitions/one-enterprise-one-technology.case.v1", 5)]
    [InlineData("jingban", "/admin/definitions/one-enterprise-one-technology.case.v1/compare", 5)]
    [InlineData("jingban", "/admin/definitions/one-enterprise-one-technology.case.v1/move", 5)]
    [InlineData("jingban", "/admin/definitions/one-enterprise-one-technology.case.v1/move?Target={next}", 7)]
    [InlineData("jingban", "/admin/definitions/rehearsal", 3)]
    [InlineData("jingban", "/admin/definitions/rehearsal?Flow=one-enterprise-one-technology.case.v1&Cases=20&Start=2027-03-01", 5)]
    [InlineData("jingban", "/cases/{case}/conflicts", 9)]
    [InlineData("jingban", "/admin/batches/{ranked}/ratings", 4)]
    [InlineData("{draft}", "/cases/{own}/avoid", 1)]
    [InlineData("jingban", "/enterprises/import", 0)]
    [InlineData("jingban", "/cases/import", 5)]
    [InlineData("jingban", "/similar", 2)]
    [InlineData("jingban", "/experts/use", 3)]
    [InlineData("zhuanjiaku", "/desk", 7)]
    [InlineData("jijian", "/admin/audit", 10)]
    [InlineData("zhuanjiaku", "/experts", 3)]
    [InlineData("zhuanjia01", "/expert", 2)]
    [InlineData("{draft}", "/cases/{own}/edit/centre", 5)]
    [InlineData("{draft}", "/cases/{own}/rules", 5)]
    [InlineData("{draft}", "/eligibility", 3)]
    [InlineData("{draft}", "/cases/{own}/submit", 8)]
    [InlineData("{draft}", "/desk", 6)]
    [InlineData("{draft}", "/enterprise/evidence", 2)]
    [InlineData("{draft}", "/cases/{own}/evidence/licence", 3)]
    [InlineData("{draft}", "/enterprise", 2)]
    [InlineData("jingban", "/cases/{case}/checks", 7)]
    [InlineData("jingban", "/admin/programmes", 0)]
    [InlineData("jingban", "/admin/programmes/one-enterprise-one-technology", 0)]
    [InlineData("{draft}", "/enterprise/ip", 1)]
    [InlineData("jingban", "/cases/{case}/record", 1)]
    [InlineData("{draft}", "/cases/{own}/edit/equipment", 5)]
    [InlineData("{draft}", "/cases/{own}/tables/equipment", 5)]
    [InlineData("{draft}", "/lists/industries", 0)]
    [InlineData("{draft}", "/cases/new", 7)]
    public async Task Page_InUse_NeedsNoMoreStatementsThan(string user, string path, int most)
    {
        var host = await hosts.GetAsync();
        var (draft, filed) = await hosts.CasesAsync(host);
        var ranked = await host.InScopeAsync((_, db) => db.Applications.Where(a => a.Score != null).Select(a => a.BatchId).FirstAsync());
        var drawn = await host.InScopeAsync((_, db) => db.Draws.Where(d => d.Record != null).Select(d => d.Id).FirstAsync());
        var meeting = await host.InScopeAsync((_, db) => db.Meetings.OrderByDescending(m => m.StartsAt).Select(m => m.Id).FirstAsync());
        var corrected = await host.InScopeAsync((_, db) => db.Applications.Where(a => a.FilingRound == 2).Select(a => a.Id).FirstAsync());
        var client = await FormClient.SignInAsync(host, user.Replace("{draft}", draft.UserName, StringComparison.Ordinal));
        path = path.Replace("{case}", $"{filed.CaseId}", StringComparison.Ordinal).Replace("{batch}", $"{filed.BatchId}", StringComparison.Ordinal)
            .Replace("{ranked}", $"{ranked}", StringComparison.Ordinal).Replace("{own}", $"{draft.CaseId}", StringComparison.Ordinal)
            .Replace("{corrected}", $"{corrected}", StringComparison.Ordinal).Replace("{meeting}", $"{meeting}", StringComparison.Ordinal).Replace("{draw}", $"{drawn}", StringComparison.Ordinal).Replace("{next}", hosts.Next.Id, StringComparison.Ordinal);
        await client.GetAsync(path);
        hosts.Counter.Reset();

        var page = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.True(hosts.Counter.Statements.Count <= most, $"{hosts.Counter.Statements.Count} statements:\n{string.Join("\n\n", hosts.Counter.Statements)}");
    }

    /// <summary>A host whose statements are counted, with forty cases on one desk.</summary>
    public sealed class Counted : SharedHosts
    {
        private (Draft Draft, Draft Filed)? cases;

        public SqlCounter Counter { get; } = new();

        /// <summary>A second version, to which cases could be moved.</summary>
        internal NextVersion Next { get; } = NextVersion.Make(2);

        protected override AppHostOptions Options => new() { Interceptors = [Counter] };

        public async Task<(Draft Draft, Draft Filed)> CasesAsync(AppHost host)
        {
            if (cases is null)
            {
                cases = ((await Drafts.MakeAsync(host, 1))[0], (await Drafts.MakeAsync(host, 40, submit: true))[0]);
                await PublishTests.UploadAsync(host, Next.Json(), "2.json");
            }

            return cases.Value;
        }
    }
}
