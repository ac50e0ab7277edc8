using System.Net;
using Applications.Data.Experts;
using Applications.Domain.Experts.Conflicts;
using Applications.Domain.Reviews;
using Applications.Testing;
using Applications.Web.Tests.Features.Administration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Experts;

/// <summary>What applicants ask, what is found too late, and who learns of it.</summary>
public sealed class ConflictPagesTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Record_FoundLate_StopsTheScoreEvenWhenLockedAndCallsASubstitute(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var (caseId, locked, open) = await host.InScopeAsync(async (_, db) =>
        {
            var id = await db.Reviews.Where(r => r.State == ReviewState.Assigned && db.Reviews.Any(o => o.CaseId == r.CaseId && o.State == ReviewState.Locked) && db.Applications.Any(a => a.Id == r.CaseId && a.Stage == "review")).Select(r => r.CaseId).FirstAsync();
            return (id, await db.Reviews.AsNoTracking().FirstAsync(r => r.CaseId == id && r.State == ReviewState.Locked), await db.Reviews.AsNoTracking().FirstAsync(r => r.CaseId == id && r.State == ReviewState.Assigned));
        });
        var sitting = await SittingAsync(host, caseId);
        var officer = await FormClient.SignInAsync(host, "jingban");

        foreach (var review in new[] { locked, open })
        {
            var page = await officer.GetAsync($"/cases/{caseId}/conflicts");
            var form = $"form:has([value='{review.Id}'])";
            var empty = await officer.PostAsync(page, form, ($"Reasons[{review.Id}]", " "));
            Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
            var answer = await officer.PostAsync(page, form, ($"Reasons[{review.Id}]", "曾任申报单位顾问"));
            Assert.Contains("已记录回避", answer.Text(), StringComparison.Ordinal);
        }

        var (after, items) = await host.InScopeAsync(async (_, db) => (
            await db.Reviews.AsNoTracking().Where(r => r.CaseId == caseId).ToListAsync(),
            await db.WorkItems.AsNoTracking().Where(w => w.CaseId == caseId && w.ClosedAt == null).Select(w => w.Participant).ToListAsync()));
        Assert.All(after.Where(r => r.Id == locked.Id || r.Id == open.Id), r => Assert.Equal((ReviewState.Declined, (int?)null), (r.State, r.Total)));
        Assert.Equal(sitting, after.Count(r => r.State != ReviewState.Declined));
        Assert.DoesNotContain(open.ExpertId.ToString("N"), items);

        // Neither the applicant nor its city reads who it was or why.
        var owner = await host.InScopeAsync((_, db) => (from a in db.Applications join u in db.Users on a.EnterpriseId equals u.ScopeId where a.Id == caseId select u.UserName!).FirstAsync());
        var seen = (await (await FormClient.SignInAsync(host, owner)).GetAsync($"/cases/{caseId}")).DocumentElement.OuterHtml;
        Assert.DoesNotContain(open.ExpertName, seen, StringComparison.Ordinal);
        Assert.DoesNotContain("应当回避", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("曾任申报单位顾问", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Avoid_UpToThree_IsSeenByTheOfficerAndBarsTheExpert()
    {
        var host = await hosts.GetAsync();
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var (name, employer) = await host.InScopeAsync((_, db) => db.Users.Where(u => u.UserName == "zhuanjia40").Join(db.Experts, u => u.ScopeId, e => e.Id, (u, e) => new ValueTuple<string, string>(e.Name, e.Employer)).SingleAsync());
        var owner = await FormClient.SignInAsync(host, draft.UserName);
        var path = $"/cases/{draft.CaseId}/avoid";

        var wrong = await owner.PostAsync(await owner.GetAsync(path), "main form", ("Rows[0].Name", name), ("Rows[0].Employer", employer), ("Rows[0].Reason", ""));
        var saved = await owner.PostAsync(await owner.GetAsync(path), "main form", ("Rows[0].Name", name), ("Rows[0].Employer", employer), ("Rows[0].Reason", "有技术纠纷"), ("Rows[1].Name", "查无此人"), ("Rows[1].Reason", "曾有争议"));

        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(name, wrong.QuerySelector("[name='Rows[0].Name']")!.GetAttribute("value"));
        Assert.Contains("已保存 2 名", saved.Text(), StringComparison.Ordinal);
        var officer = await (await FormClient.SignInAsync(host, "jingban")).GetAsync($"/cases/{draft.CaseId}/conflicts");
        Assert.Contains("有技术纠纷", officer.Text(), StringComparison.Ordinal);
        Assert.Contains("查无此人", Assert.Single(officer.QuerySelectorAll("li"), li => li.TextContent.Contains("库中没有匹配的专家", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        var found = await host.InScopeAsync(async (services, db) =>
        {
            var experts = await db.Experts.AsNoTracking().ToListAsync();
            var table = await services.GetRequiredService<ConflictFacts>().ForAsync(experts, [await db.Applications.AsNoTracking().SingleAsync(a => a.Id == draft.CaseId)], default);
            return experts.SelectMany(e => table.Between(e.Id, draft.CaseId, new DateOnly(2026, 1, 1)).Where(c => c.Rule == "conflict.avoidance")).ToList();
        });
        Assert.True(Assert.Single(found).IsCertain);
        foreach (var other in new[] { "zhuanjia40", "qiye40" })
        {
            Assert.NotEqual(HttpStatusCode.OK, (await (await FormClient.SignInAsync(host, other)).GetAsync(path)).StatusCode);
        }
    }

    [Fact]
    public async Task Avoid_FourOrAfterThePanelIsChosen_IsRefused()
    {
        var rules = new ConflictRules();
        var host = await hosts.GetAsync();
        var (caseId, owner) = await host.InScopeAsync((_, db) => (from r in db.Reviews join a in db.Applications on r.CaseId equals a.Id join u in db.Users on a.EnterpriseId equals u.ScopeId where a.Result == null select new ValueTuple<Guid, string>(a.Id, u.UserName!)).FirstAsync());

        var client = await FormClient.SignInAsync(host, owner);
        var page = await client.GetAsync($"/cases/{caseId}/avoid");

        Assert.Equal(3, rules.MostAvoidances);
        Assert.Null(page.QuerySelector("[name^='Rows[']"));
        Assert.Contains("不能再修改", page.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rate_AfterTheReview_ShowsOnTheExpertAndAsksForAReasonWhenLow()
    {
        var host = await hosts.GetAsync();
        var batch = await host.InScopeAsync((_, db) => db.Batches.Where(b => b.Stage == "proposeList" && db.Applications.Any(a => a.BatchId == b.Id) && db.Applications.All(a => a.BatchId != b.Id || a.Score != null)).Select(b => b.Id).SingleAsync());
        var officer = await FormClient.SignInAsync(host, "jingban");
        var path = $"/admin/batches/{batch}/ratings";
        var page = await officer.GetAsync(path);
        var rated = await host.InScopeAsync(async (_, db) => (await db.Experts.AsNoTracking().ToListAsync()).Where(e => e.Ratings.Count > 0).Select(e => e.Id.ToString()).ToHashSet());
        var input = page.QuerySelectorAll("[name$='.ExpertId']").First(i => !rated.Contains(i.GetAttribute("value")!));
        var (expert, row) = (input.GetAttribute("value"), input.GetAttribute("name")![..^".ExpertId".Length]);

        var low = await officer.PostAsync(page, "main form", ($"{row}.Points", "40"), ($"{row}.Note", ""));
        var saved = await officer.PostAsync(await officer.GetAsync(path), "main form", ($"{row}.Points", "92"), ($"{row}.Note", "意见具体"));

        Assert.Equal(HttpStatusCode.BadRequest, low.StatusCode);
        var name = await host.InScopeAsync((_, db) => db.Experts.Where(e => e.Id == Guid.Parse(expert!)).Select(e => e.Name).SingleAsync());
        Assert.Matches($"{name}：评价低于 60 分，请写明理由", low.QuerySelector(".error-summary")!.TextContent);
        Assert.Equal("40", low.QuerySelector($"[name='{row}.Points']")!.GetAttribute("value"));
        Assert.Contains("已保存 1 条", saved.Text(), StringComparison.Ordinal);
        Assert.Contains("92.0 分", (await officer.GetAsync($"/experts/{expert}")).Text(), StringComparison.Ordinal);
    }

    private static Task<int> SittingAsync(AppHost host, Guid caseId) => host.InScopeAsync((_, db) => db.Reviews.CountAsync(r => r.CaseId == caseId && r.State != ReviewState.Declined));
}
