using System.IO.Compression;
using System.Net;
using System.Text;
using Applications.Domain.Experts;
using Applications.Domain.Reviews;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Tests.Features.Administration;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Experts;

/// <summary>The way into the pool and out of it, through its pages.</summary>
public sealed class PoolTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private const string Form = "main form[enctype]";
    private const string Identity = "11010519491231002X";

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Register_ThenApprove_IsForTheOfficeAloneAndLetsTheExpertIn(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var (stranger, form) = await FormClient.StartAsync(host, "/account/register-expert");
        var done = await stranger.PostAsync(form, Form, [.. Person("罗新来"), .. Account("luoxinlai")]);
        Assert.EndsWith("/account/login?returnUrl=/expert", done.Url, StringComparison.Ordinal);
        var id = await IdOfAsync(host, "罗新来");

        var officer = await FormClient.SignInAsync(host, "jingban");
        var seen = await officer.GetAsync($"/experts/{id}");
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.Null(seen.QuerySelector("[value=Approve]"));
        var token = seen.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using (var forged = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("decision", "Approve"), new("Version", Guid.NewGuid().ToString())]))
        {
            Assert.Equal(HttpStatusCode.NotFound, (await officer.SendAsync($"/experts/{id}?handler=Decide", forged)).StatusCode);
        }

        var office = await FormClient.SignInAsync(host, "zhuanjiaku");
        var desk = await office.GetAsync("/desk");
        Assert.Contains("罗新来", desk.Text(), StringComparison.Ordinal);
        var answer = await office.PostAsync(await office.GetAsync($"/experts/{id}"), "form[action*=Decide]", ("decision", "Approve"));

        Assert.Contains("已入库", answer.Text(), StringComparison.Ordinal);
        Assert.Equal(ExpertStatus.InPool, await StatusAsync(host, id));
        var (client, login) = await FormClient.StartAsync(host, "/account/login");
        await client.PostAsync(login, "form.card", ("UserName", "luoxinlai"), ("Password", "Demo2026!"));
        Assert.Contains("在库", (await client.GetAsync("/expert")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_WithFaults_KeepsWhatWasTypedAndSaysWhereTheyAre()
    {
        var host = await hosts.GetAsync();
        var (stranger, form) = await FormClient.StartAsync(host, "/account/register-expert");

        var answer = await stranger.PostAsync(
            form, Form,
            [.. Person("无").Where(v => v.Name is not ("Input.Phone" or "Promised")), .. Account("x"), ("Input.Ties.index", "n7"), ("Input.Ties[n7].Kind", "Advisory"), ("Input.Ties[n7].Unit", "某公司"), ("Input.Ties[n7].From", "去年")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("请填写手机号码", answer.QuerySelector("#Input_Phone-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("请阅读并同意承诺", answer.Text(), StringComparison.Ordinal);
        Assert.Equal("去年", answer.QuerySelector("[name='Input.Ties[0].From']")!.GetAttribute("value"));
        Assert.Contains("请填写日期", answer.QuerySelector("#Input_Ties")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_SamePersonTwice_IsRefusedAlsoUnderAnotherName()
    {
        var host = await hosts.GetAsync();
        var (stranger, form) = await FormClient.StartAsync(host, "/account/register-expert");
        await stranger.PostAsync(form, Form, [.. Person("同一人"), ("Input.Identity", Identity), .. Account("tongyiren")]);

        var again = await stranger.PostAsync(form, Form, [.. Person("化名"), ("Input.Identity", Identity.ToLowerInvariant()), .. Account("huaming")]);

        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Contains("已在库或正在申请", again.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recommend_ByAnEnterprise_NamesItAndShowsWhatCameOfIt()
    {
        var host = await hosts.GetAsync();
        var firm = await FormClient.SignInAsync(host, "qiye05");

        var answer = await firm.PostAsync(await firm.GetAsync("/account/register-expert"), Form, [.. Person("被推荐人")]);

        Assert.Contains("推荐已提交", answer.Text(), StringComparison.Ordinal);
        Assert.Contains("被推荐人", answer.Text(), StringComparison.Ordinal);
        var (source, by) = await host.InScopeAsync((_, db) => db.Experts.Where(e => e.Name == "被推荐人").Select(e => new ValueTuple<string, string?>(e.Source, e.RecommendedBy)).SingleAsync());
        Assert.Equal("单位推荐", source);
        Assert.Contains("05号", by, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Secrets_AreStoredEncryptedMaskedShownOnceWithAReasonAndInNoExport(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var (stranger, form) = await FormClient.StartAsync(host, "/account/register-expert");
        await stranger.PostAsync(form, Form, [.. Person("林保密").Where(v => v.Name != "Input.Phone"), ("Input.Phone", "13987654321"), ("Input.Bank", "6222000011112222"), .. Account("linbaomi")]);
        var id = await IdOfAsync(host, "林保密");
        var office = await FormClient.SignInAsync(host, "zhuanjiaku");
        var page = await office.GetAsync($"/experts/{id}");
        Assert.Contains("139****4321", page.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("13987654321", page.DocumentElement.OuterHtml, StringComparison.Ordinal);

        var refused = await office.PostAsync(page, "form[action*=Reveal]", ("secret", "Phone"), ("RevealReason", " "));
        var shown = await office.PostAsync(page, "form[action*=Reveal]", ("secret", "Phone"), ("RevealReason", "核对联系方式"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("13987654321", shown.QuerySelector("#revealed")!.TextContent);
        Assert.DoesNotContain("13987654321", (await office.GetAsync($"/experts/{id}")).DocumentElement.OuterHtml, StringComparison.Ordinal);
        var (stored, audited, kept) = await host.InScopeAsync(async (_, db) => (
            (await db.Experts.Where(e => e.Id == id).Select(e => e.Secrets).SingleAsync()).Phone!.Box,
            await db.Audit.Where(a => a.Action == "reveal-secret").Select(a => a.Detail).ToListAsync(),
            await db.Idempotency.AnyAsync(r => r.Result.Contains("13987654321"))));
        Assert.DoesNotContain("13987654321", stored, StringComparison.Ordinal);
        Assert.Equal(["手机号码：核对联系方式"], audited);
        Assert.False(kept);
        using var export = await office.Http.GetAsync(new Uri("/experts?handler=Export&q=林保密", UriKind.Relative));
        var sheet = await SheetTextAsync(export);
        Assert.Contains("林保密", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("4321", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("2222", sheet, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(await FormClient.SignInAsync(host, "chuzhang"), $"/experts/{id}", "Reveal", ("secret", "Phone"), ("RevealReason", "x"))).StatusCode);
    }

    [Fact]
    public async Task Leave_AndCancel_AreTheExpertsOwn()
    {
        var host = await hosts.GetAsync();
        var expert = await FormClient.SignInAsync(host, "zhuanjia30");
        var from = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(40)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        var wrong = await expert.PostAsync(await expert.GetAsync("/expert"), "form[action*='handler=Leave']", ("Leave.From", from), ("Leave.To", ""), ("Leave.Reason", "出差"));
        var taken = await expert.PostAsync(await expert.GetAsync("/expert"), "form[action*='handler=Leave']", ("Leave.From", from), ("Leave.To", from), ("Leave.Reason", "出差"));

        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("请填写结束日期", wrong.QuerySelector("#Leave_To-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("请假已登记", taken.Text(), StringComparison.Ordinal);
        var cancelled = await expert.PostAsync(await expert.GetAsync("/expert"), $"form[action*=CancelLeave]:has([value='{from}'])");
        Assert.Contains("请假已取消", cancelled.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_ByTheExpert_CountsAsToday()
    {
        var host = await hosts.GetAsync();
        var expert = await FormClient.SignInAsync(host, "zhuanjia31");

        var answer = await expert.PostAsync(await expert.GetAsync("/expert"), Form, ("Input.Position", "副院长"));

        Assert.Contains("信息已保存", answer.Text(), StringComparison.Ordinal);
        var (updated, position) = await host.InScopeAsync(async (_, db) =>
        {
            var row = await db.Experts.SingleAsync(e => db.Users.Any(u => u.UserName == "zhuanjia31" && u.ScopeId == e.Id));
            return (row.UpdatedOn, row.Profile.Position);
        });
        Assert.Equal((Domain.Calendars.ChinaTime.Today(TimeProvider.System), "副院长"), (updated!.Value, position));
    }

    [Fact]
    public async Task Update_OfTheTitle_WaitsOnTheOfficesDeskAndTellsTheExpertTheAnswer()
    {
        var host = await hosts.GetAsync();
        var id = await host.InScopeAsync((_, db) => db.Users.Where(u => u.UserName == "zhuanjia33").Select(u => u.ScopeId!.Value).SingleAsync());
        var before = await host.InScopeAsync((_, db) => db.Experts.Where(e => e.Id == id).Select(e => e.Title).SingleAsync());
        var expert = await FormClient.SignInAsync(host, "zhuanjia33");
        var saved = await expert.PostAsync(await expert.GetAsync("/expert"), Form, ("Input.Title", "主任药师"), ("Input.Position", "所长"));
        Assert.Contains($"职称由“{before}”改为“主任药师”", saved.Text(), StringComparison.Ordinal);
        Assert.Equal("主任药师", saved.QuerySelector("[name='Input.Title']")!.GetAttribute("value"));
        Assert.Equal((before, "所长"), await host.InScopeAsync(async (_, db) => (await db.Experts.SingleAsync(e => e.Id == id)) is var row ? (row.Title, row.Profile.Position) : default));

        var office = await FormClient.SignInAsync(host, "zhuanjiaku");
        Assert.Contains("专家信息变更，待核对", (await office.GetAsync("/desk")).QuerySelector($".desk-row:has(a[href='/experts/{id}'])")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await (await FormClient.SignInAsync(host, "jingban")).GetAsync($"/experts/{id}")).QuerySelector("[aria-labelledby=asked] form"));
        var refused = await office.PostAsync(await office.GetAsync($"/experts/{id}"), "[aria-labelledby=asked] form", ("decision", "Decline"), ("Note", ""));
        Assert.Contains("请写明不采纳的理由", refused.QuerySelector("#Note-error")!.TextContent, StringComparison.Ordinal);
        var declined = await office.PostAsync(refused, "[aria-labelledby=asked] form", ("decision", "Decline"), ("Note", "请附聘书"));
        Assert.Null(declined.QuerySelector("[aria-labelledby=asked]"));
        Assert.Contains("信息变更未采纳：请附聘书", (await expert.GetAsync("/expert")).Text(), StringComparison.Ordinal);

        await expert.PostAsync(await expert.GetAsync("/expert"), Form, ("Input.Title", "主任药师"));
        await office.PostAsync(await office.GetAsync($"/experts/{id}"), "[aria-labelledby=asked] form", ("decision", "Accept"));
        Assert.Equal("主任药师", await host.InScopeAsync((_, db) => db.Experts.Where(e => e.Id == id).Select(e => e.Title).SingleAsync()));
        Assert.Equal(2, await host.InScopeAsync((_, db) => db.Audit.CountAsync(a => a.ObjectId == id.ToString("N") && (a.Action == "accept-expert-change" || a.Action == "decline-expert-change"))));
    }

    [Fact]
    public async Task Measure_IsInForceOnlyWhenTheHeadConfirms()
    {
        var host = await hosts.GetAsync();
        var id = await host.InScopeAsync((_, db) => db.Users.Where(u => u.UserName == "zhuanjia32").Select(u => u.ScopeId!.Value).SingleAsync());
        var officer = await FormClient.SignInAsync(host, "jingban");
        var nothing = await officer.PostAsync(await officer.GetAsync($"/experts/{id}"), "form[action*=Propose]", ("Kind", "Removal"), ("Ground", ""), ("Facts", ""));
        await officer.PostAsync(await officer.GetAsync($"/experts/{id}"), "form[action*=Propose]", ("Kind", "Warning"), ("Ground", "leak"), ("Facts", "写错了人"));
        var withdrawn = await officer.PostAsync(await officer.GetAsync($"/experts/{id}"), "form[action*=Withdraw]");
        Assert.Matches("经办（演示） [0-9年月日]+ 撤回", withdrawn.QuerySelector("#discipline")!.TextContent);
        await officer.PostAsync(withdrawn, "form[action*=Propose]", ("Kind", "Removal"), ("Ground", "leak"), ("Facts", "泄露评审分数"));
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
        Assert.Equal(ExpertStatus.InPool, await StatusAsync(host, id));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(officer, $"/experts/{id}", "Confirm", ("agreed", "true"))).StatusCode);

        var head = await FormClient.SignInAsync(host, "chuzhang");
        var answer = await head.PostAsync(await head.GetAsync($"/experts/{id}"), "form[action*=Confirm]", ("agreed", "true"));

        Assert.Contains("处理已确认生效", answer.Text(), StringComparison.Ordinal);
        Assert.Equal(ExpertStatus.Removed, await StatusAsync(host, id));
    }

    [Fact]
    public async Task PlantedMeasure_OfTheOffice_CannotBeConfirmedByItsProposer()
    {
        var host = await hosts.GetAsync();
        var measured = await host.InScopeAsync(async (_, db) => (await db.Experts.AsNoTracking().ToListAsync()).Where(e => e.Discipline.Any(d => d.ProposedBy == "钱管理（演示）")).ToList());
        var office = await host.InScopeAsync((_, db) => db.Users.SingleAsync(u => u.UserName == "zhuanjiaku"));
        Assert.Equal(3, measured.Count);
        Assert.All(measured.SelectMany(e => e.Discipline), d => Assert.Equal((office.Id, office.DisplayName), (d.ProposerId, d.ProposedBy)));
        Assert.All(measured.SelectMany(e => e.Discipline), d => Assert.NotEqual(d.ProposedBy, d.ConfirmedBy));

        var waiting = measured.Single(e => e.HasOpenMeasure);
        Assert.Null((await (await FormClient.SignInAsync(host, "zhuanjiaku")).GetAsync($"/experts/{waiting.Id}")).QuerySelector("form[action*=Confirm]"));
        Assert.NotNull((await (await FormClient.SignInAsync(host, "chuzhang")).GetAsync($"/experts/{waiting.Id}")).QuerySelector("form[action*=Confirm]"));
    }

    [Fact]
    public async Task Desk_OfSomebodyWhoAsksToBeTakenIn_SaysThatTheApplicationIsUnderReview()
    {
        var host = await hosts.GetAsync();
        var waiting = await FormClient.SignInAsync(host, "zhuanjia62");
        var desk = await waiting.GetAsync("/desk");

        Assert.Contains("入库申请正在审核", desk.Text(), StringComparison.Ordinal);
        Assert.Contains("申请中", (await waiting.GetAsync(desk.QuerySelector("main .empty a")!.GetAttribute("href")!)).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_SaysHowManyAndNamesFields()
    {
        var host = await hosts.GetAsync();
        var page = await (await FormClient.SignInAsync(host, "zhuanjiaku")).GetAsync("/experts?field=C37");
        var count = await host.InScopeAsync((_, db) => db.Experts.CountAsync(e => e.Fields.Contains("C37")));

        Assert.Contains($"共 {count} 人", page.Text(), StringComparison.Ordinal);
        Assert.Contains("铁路、船舶", page.QuerySelector("td[data-label=专业领域]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ratings_OfASilentExpert_CountHimApartFromThoseWhoSteppedAside()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var silent = await host.InScopeAsync(async (_, db) =>
        {
            var one = await db.Reviews.Where(r => r.State == ReviewState.Locked).OrderBy(r => r.Id).Select(r => new { r.Id, r.BatchId, r.ExpertId }).FirstAsync();
            await db.Reviews.Where(r => r.ExpertId == one.ExpertId && r.State == ReviewState.Declined).ExecuteDeleteAsync();
            await db.Reviews.Where(r => r.Id == one.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, ReviewState.Declined).SetProperty(r => r.IsSilent, true));
            return one;
        });
        var officer = await FormClient.SignInAsync(host, "jingban");

        var row = (await officer.GetAsync($"/admin/batches/{silent.BatchId}/ratings")).QuerySelector($"tr:has(a[href='/experts/{silent.ExpertId}']) td[data-label=完成情况]")!.TextContent;
        Assert.Contains("未评被替换", row, StringComparison.Ordinal);
        Assert.DoesNotContain("回避", row, StringComparison.Ordinal);
        Assert.NotEqual("0", (await officer.GetAsync($"/experts/{silent.ExpertId}")).QuerySelector("td[data-label=未评被替换]")!.TextContent);
    }

    [Theory]
    [InlineData("Name")]
    [InlineData("Term")]
    [InlineData("Applied")]
    [InlineData("Updated")]
    public async Task List_PagedByKey_ShowsEveryExpertOnceInOrder(string order)
    {
        var host = await hosts.GetAsync();
        var office = await FormClient.SignInAsync(host, "zhuanjiaku");
        List<string> seen = [];
        for (var next = $"/experts?order={order}"; next is not null;)
        {
            var page = await office.GetAsync(next);
            seen.AddRange(page.QuerySelectorAll("tbody th a").Select(a => a.GetAttribute("href")!));
            next = page.QuerySelectorAll("p.actions a").FirstOrDefault(a => a.TextContent == "下一页")?.GetAttribute("href");
        }

        Assert.Equal(await host.InScopeAsync((_, db) => db.Experts.CountAsync()), seen.Count);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    private static (string Name, string Value)[] Person(string name) =>
    [
        ("Input.Name", name), ("Input.BirthYear", "1976"), ("Input.Ground", "SeniorTitle"), ("Input.Title", "教授"), ("Input.WorkingSince", "2001"), ("Input.Employer", $"{name}的大学"), ("Input.EmployedSince", "2001-07-01"),
        ("Input.CityCode", "370100"), ("Input.Category", "技术"), ("Input.Fields", "C34"), ("Input.Phone", "13800138000"), ("Promised", "true"),
    ];

    private static (string Name, string Value)[] Account(string login) =>
        [("Account.Login", login), ("Account.Email", $"{login}@example.org"), ("Account.Password", "Demo2026!"), ("Account.PasswordAgain", "Demo2026!")];

    private static Task<Guid> IdOfAsync(AppHost host, string name) => host.InScopeAsync((_, db) => db.Experts.Where(e => e.Name == name).Select(e => e.Id).SingleAsync());

    private static Task<ExpertStatus> StatusAsync(AppHost host, Guid id) => host.InScopeAsync((_, db) => db.Experts.Where(e => e.Id == id).Select(e => e.Status).SingleAsync());

    /// <summary>A post that the page offers no form for.</summary>
    private static async Task<AngleSharp.Dom.IDocument> PostAsync(FormClient client, string path, string handler, params (string Name, string Value)[] values)
    {
        var token = (await client.GetAsync("/account/settings")).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new FormUrlEncodedContent(values.Append(("__RequestVerificationToken", token)).Select(v => new KeyValuePair<string, string>(v.Item1, v.Item2)));
        return await client.SendAsync($"{path}?handler={handler}", form);
    }

    private static async Task<string> SheetTextAsync(HttpResponseMessage response)
    {
        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync());
        var text = new StringBuilder();
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith("xl/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }
}
