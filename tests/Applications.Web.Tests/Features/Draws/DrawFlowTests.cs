using System.Net;
using System.Text;
using AngleSharp.Dom;
using Applications.Data.Outbox;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Draws;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Draws;

/// <summary>A draw over HTTP: asked for, approved by another, committed to, drawn, checked, sealed; and what reserves do.</summary>
public sealed class DrawFlowTests
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Draw_RequestApproveDraw_SeatsEveryFileAndTheRecordHolds(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var host = await AppHost.StartAsync(provider);
        var batch = await WaitingBatchAsync(host);
        var officer = await FormClient.SignInAsync(host, "jingban");
        Assert.Contains($"/draws/new?BatchId={batch}", (await officer.GetAsync($"/admin/batches/{batch}")).Source.Text, StringComparison.Ordinal);
        var form = await officer.GetAsync($"/draws/new?BatchId={batch}&Seats=3");
        Assert.Contains("可以抽取", form.QuerySelector("#outlook")!.TextContent, StringComparison.Ordinal);

        var today = ChinaTime.Today(TimeProvider.System).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var shown = await officer.PostAsync(form, "#draw", ("Form.SessionOn", today));
        Assert.Contains("等待专家库管理处室或处长批准", shown.Body!.TextContent, StringComparison.Ordinal);
        var path = new Uri(shown.Url).AbsolutePath;
        Assert.Null((await officer.GetAsync(path)).QuerySelector("form[action*=Run]"));
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.PostAsync(await officer.GetAsync($"/draws/new?BatchId={batch}"), "#draw")).StatusCode);

        var head = await FormClient.SignInAsync(host, "chuzhang");
        Assert.Contains("审批", (await head.GetAsync("/desk")).QuerySelector("[aria-labelledby=draws]")!.TextContent, StringComparison.Ordinal);
        await head.PostAsync(await head.GetAsync(path), "form[action*=Decide]", ("Decision", "Approve"));
        var committed = await StoredAsync(host, path);
        Assert.Equal(DrawState.Committed, committed.State);
        Assert.DoesNotContain(committed.Commitment!.Digest[..16], committed.SealedSeed!, StringComparison.Ordinal);
        var (digest, seedKnown) = await host.InScopeAsync(async (_, db) =>
        {
            var notes = await db.Journal.Where(j => j.SubjectId == batch && j.Kind == "note").OrderBy(j => j.Sequence).ToListAsync();
            return (notes.Any(n => n.Reason!.Contains(committed.Commitment!.Digest, StringComparison.Ordinal)), notes[^1].Outcome == "RevealDraw");
        });
        Assert.Equal((true, false), (digest, seedKnown));

        await head.PostAsync(await head.GetAsync(path), "form[action*=Run]", ("Witness", "二十三度"));
        var drawn = await StoredAsync(host, path);
        Assert.Equal((DrawState.Drawn, null, null), (drawn.State, drawn.SealedSeed, drawn.Snapshot));
        var reviews = await host.InScopeAsync((_, db) => db.Reviews.AsNoTracking().Where(r => r.DrawId == drawn.Id).ToListAsync());
        var record = DrawRecordJson.Read(drawn.Record!);
        Assert.Equal(drawn.Groups.Sum(g => g.Cases.Count) * 3, reviews.Count);
        Assert.All(reviews, r => Assert.Contains(record.MembersOf(r.Panel!), m => m.Name == r.ExpertName));

        var file = await officer.Http.GetByteArrayAsync(new Uri($"{path}/record?handler=File", UriKind.Relative));
        Assert.Empty(DrawVerifier.Verify(file, committed.Commitment!.Digest).Findings);
        file[file.Length / 2] ^= 1;
        Assert.False(DrawVerifier.Verify(file).Holds);
        var printed = (await officer.GetAsync($"{path}/record")).Body!.TextContent;
        Assert.Contains(record.Seed, printed, StringComparison.Ordinal);
        Assert.Contains("二十三度", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draw_BeforeTheSession_ShowsTheOfficerNumbersOnly()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await WaitingBatchAsync(host);
        var officer = await FormClient.SignInAsync(host, "jingban");
        var session = ChinaTime.Today(TimeProvider.System).AddDays(5).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var path = new Uri((await officer.PostAsync(await officer.GetAsync($"/draws/new?BatchId={batch}"), "#draw", ("Form.SessionOn", session))).Url).AbsolutePath;
        var head = await FormClient.SignInAsync(host, "chuzhang");
        await head.PostAsync(await head.GetAsync(path), "form[action*=Decide]", ("Decision", "Approve"));
        await head.PostAsync(await head.GetAsync(path), "form[action*=Run]");

        var draw = await StoredAsync(host, path);
        var names = DrawRecordJson.Read(draw.Record!).MembersOf("1").Select(m => m.Name).ToList();
        var sealedPage = (await officer.GetAsync(path)).Body!.TextContent;
        Assert.Contains("开封", sealedPage, StringComparison.Ordinal);
        Assert.DoesNotContain(names, n => sealedPage.Contains(n, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{path}/record")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{path}/record?handler=File")).StatusCode);
        var api = await ApiClient.SignInAsync(host, "jingban");
        Assert.DoesNotContain(names, n => api.GetAsync($"draws/{draw.Id}").Result.Text.Contains(n, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync($"draws/{draw.Id}/record")).Status);
        var casePage = (await officer.GetAsync($"/cases/{draw.Groups[0].Cases[0]}")).Body!.TextContent;
        Assert.DoesNotContain(names, n => casePage.Contains(n, StringComparison.Ordinal) && !CouldBeElsewhere(host, draw, n));
        Assert.Contains("（评审日开封）", casePage, StringComparison.Ordinal);

        Assert.DoesNotContain("致被抽中的专家", await LedgerWithALetterAsync(host, officer, draw.Id), StringComparison.Ordinal);
        await host.InScopeAsync((_, db) => db.Draws.Where(d => d.Id == draw.Id).ExecuteUpdateAsync(s => s.SetProperty(d => d.SessionOn, ChinaTime.Today(TimeProvider.System))));
        Assert.Contains("致被抽中的专家", (await officer.GetAsync("/admin/mails")).Body!.TextContent, StringComparison.Ordinal);

        foreach (var user in new[] { "chuzhang", "jijian" })
        {
            var open = (await (await FormClient.SignInAsync(host, user)).GetAsync(path)).Body!.TextContent;
            Assert.All(names, n => Assert.Contains(n, open, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("draws")]
    [InlineData("assignments")]
    public async Task Api_RequestWithoutTheDayOfTheSession_IsRefusedAtThatField(string what)
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await WaitingBatchAsync(host);

        var answer = await (await ApiClient.SignInAsync(host, "jingban")).PostAsync($"batches/{batch}/{what}", new { perFile = 3 });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("请填写评审日期", answer.Body.GetProperty("errors").GetProperty("sessionOn")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_Tried_SaysSoWithTheCombinationsAndNamesTheSpecialities()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await WaitingBatchAsync(host);
        var officer = await FormClient.SignInAsync(host, "jingban");
        var form = await officer.GetAsync($"/draws/new?BatchId={batch}");
        Assert.DoesNotContain("试算完成", form.Body!.TextContent, StringComparison.Ordinal);
        var button = form.QuerySelectorAll("button[form=draw], #draw button").Single(b => b.TextContent == "试算").GetAttribute("formaction")!;
        Assert.EndsWith("#advice", button, StringComparison.Ordinal);
        form.QuerySelector("#draw")!.SetAttribute("action", button);

        var tried = await officer.PostAsync(form, "#draw", ("Form.Panels[0].Specialities", "C34 1"));

        Assert.StartsWith("试算完成：按现有专家库可以抽取", tried.QuerySelector("#advice h2")!.TextContent, StringComparison.Ordinal);
        Assert.Matches("可选专家 [0-9]+ 人，合规组合 [0-9,]+ 种", tried.QuerySelector("#advice li")!.TextContent);
        Assert.Contains("C34 通用设备制造业", tried.QuerySelector("td[data-label=专业至少]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("批准人、抽取人和纪检监察", tried.QuerySelector("#draw")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_OfADraw_NamesEmployersAndOffersThePrintButton()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (draw, record, employers) = await DrawnAsync(host);
        var page = await (await FormClient.SignInAsync(host, "chuzhang")).GetAsync($"/draws/{draw.Id}/record");

        var seats = page.QuerySelectorAll("td[data-label=单位]").Select(c => c.TextContent).ToList();
        Assert.Equal(record.Panels[0].Seats.Select(s => employers[s.ExpertId]), seats);
        Assert.DoesNotContain("信用代码", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(employers[record.Panels[0].Reserves[0].ExpertId], page.QuerySelector("td[data-label=备选]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("打印", page.QuerySelector("button[data-print]")!.TextContent.Trim());
        Assert.NotNull(page.QuerySelector($"a[href='/draws/verify?Digest={draw.Commitment!.Digest}']"));
        var verify = await (await FormClient.SignInAsync(host, "chuzhang")).GetAsync($"/draws/verify?Digest={draw.Commitment.Digest}");
        Assert.Equal(draw.Commitment.Digest, verify.QuerySelector("[name=Digest]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Show_WhyHim_TellsChanceEmployerCityAndSpecialityAndTheWitness()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (draw, record, employers) = await DrawnAsync(host);
        var page = await (await FormClient.SignInAsync(host, "chuzhang")).GetAsync($"/draws/{draw.Id}");

        var choices = System.Numerics.BigInteger.Parse(record.Panels[0].Choices, System.Globalization.CultureInfo.InvariantCulture).ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
        var member = record.MembersOf(draw.Groups[0].Key).First(m => record.Request.Panels[0].Appointed.All(a => a.ExpertId != m.Id));
        var row = page.QuerySelectorAll(".link-list li").Single(l => l.TextContent.Contains(employers[member.Id], StringComparison.Ordinal)).TextContent;
        Assert.Contains($"以相等概率从 {choices} 种合规组合中抽出", row, StringComparison.Ordinal);
        Assert.Contains(member.Specialities[0] + " ", row, StringComparison.Ordinal);
        Assert.DoesNotContain("中等概率", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(record.Witness, page.QuerySelector("aside")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_WhyNotHim_ListsThoseLeftOutByReasonAndFindsByEmployer()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (draw, record, employers) = await DrawnAsync(host);
        var head = await FormClient.SignInAsync(host, "chuzhang");
        var key = draw.Groups[0].Key;
        var absent = DrawAbsences.Of(record, key);
        var page = await head.GetAsync($"/draws/{draw.Id}");

        foreach (var kind in absent.CountBy(a => a.Kind))
        {
            var link = page.QuerySelector($"#absent-{key} a[href*='Why={kind.Key}']")!;
            Assert.Contains($"{kind.Value} 人", link.ParentElement!.TextContent, StringComparison.Ordinal);
            var listed = (await head.GetAsync(link.GetAttribute("href")!)).QuerySelectorAll($"#absent-{key} tbody tr");
            var expected = absent.Where(a => a.Kind == kind.Key).Take(30).ToList();
            Assert.Equal(expected.Select(a => a.Text), listed.Select(r => r.QuerySelector("td")!.TextContent));
            Assert.All(expected.Zip(listed), p => Assert.Contains(p.First.Expert.Name, p.Second.TextContent, StringComparison.Ordinal));
        }

        var wanted = absent[0].Expert;
        var found = await head.GetAsync($"/draws/{draw.Id}?Panel={key}&Q={Uri.EscapeDataString(employers[wanted.Id])}");
        Assert.Contains(found.QuerySelectorAll($"#absent-{key}[open] tbody tr"), r => r.TextContent.Contains(wanted.Name, StringComparison.Ordinal));
        Assert.All(found.QuerySelectorAll($"#absent-{key} tbody tr"), r => Assert.Contains(employers[wanted.Id], r.TextContent, StringComparison.Ordinal));
        Assert.Contains("没有符合条件的", (await head.GetAsync($"/draws/{draw.Id}?Panel={key}&Q=查无此人")).QuerySelector($"#absent-{key}")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WhatCannotBeDrawn_SaysWhatClashesAndOneClickTakesAWayOut()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await WaitingBatchAsync(host);
        var officer = await FormClient.SignInAsync(host, "jingban");
        var form = await officer.GetAsync($"/draws/new?BatchId={batch}");

        var refused = await officer.PostAsync(form, "#draw", ("Form.Panels[0].Specialities", "C16 1"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("C16", refused.QuerySelector("#advice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("C16 1", refused.QuerySelector("[name='Form.Panels[0].Specialities']")!.GetAttribute("value"));
        Assert.Equal(0, await host.InScopeAsync((_, db) => db.Draws.CountAsync(d => d.BatchId == batch && d.State == DrawState.Requested)));

        var button = refused.QuerySelectorAll("button[name=Ease]").First(b => b.ParentElement!.TextContent.Contains("C16", StringComparison.Ordinal));
        refused.QuerySelector("#draw")!.SetAttribute("action", button.GetAttribute("formaction")!);
        var eased = await officer.PostAsync(refused, "#draw", ("Ease", button.GetAttribute("value")!));
        Assert.Contains("可以抽取", eased.QuerySelector("#outlook")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("/draws/new", (await officer.PostAsync(eased, "#draw")).Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Form.Panels[0].Size", "4", "单数")]
    [InlineData("Form.Panels[0].Specialities", "机械", "看不明白")]
    [InlineData("Form.Panels[0].Specialities", "C99 1", "没有行业大类“C99”")]
    [InlineData("Form.SessionOn", "2020-01-01", "不能早于今天")]
    [InlineData("Form.Appointed[0].Expert", "查无此人", "评审组")]
    public async Task Request_WhatCannotBeRead_IsSaidAndKept(string field, string value, string words)
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await WaitingBatchAsync(host);
        var officer = await FormClient.SignInAsync(host, "jingban");

        var page = await officer.PostAsync(await officer.GetAsync($"/draws/new?BatchId={batch}"), "#draw", (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains(words, page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(value, page.QuerySelector($"[name='{field}']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Appointed_WithReasonAndApproval_SitsAndStandsInTheRecord()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var record = await host.InScopeAsync(async (_, db) => DrawRecordJson.Read((await db.Draws.AsNoTracking().ToListAsync()).First(d => d.Record is not null && d.Request.Panels[0].Appointed.Count > 0).Record!));

        var appointed = Assert.Single(record.Request.Panels[0].Appointed);
        Assert.Equal("赵处长（演示）", appointed.ApprovedBy);
        Assert.Contains(record.Panels[0].Seats, s => s.IsAppointed && s.ExpertId == appointed.ExpertId);
        Assert.Empty(DrawVerifier.Verify(Encoding.UTF8.GetBytes(DrawRecordJson.Write(record)), record.Commitment.Digest).Findings);
    }

    [Fact]
    public async Task Decline_OneFile_CallsTheNextReserveOfTheSameDraw()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (review, user, number) = await AssignedAsync(host);
        var expert = await ApiClient.SignInAsync(host, user);

        var answer = await expert.PostAsync($"reviews/{review.CaseId}/declaration", new { hasConflict = true, reason = "曾任该企业顾问", version = review.Version });

        Assert.True((int)answer.Status is >= 200 and < 300, answer.Text);
        await host.InScopeAsync(async (_, db) =>
        {
            var draw = await db.Draws.AsNoTracking().SingleAsync(d => d.Id == review.DrawId);
            var record = DrawRecordJson.Read(draw.Record!);
            var change = Assert.Single(record.Substitutions);
            Assert.Equal((number, review.ExpertId.ToString("N")), (change.File, change.Out));
            var seat = record.Panels[0].Seats.Single(s => s.ExpertId == change.Out).Number;
            Assert.Equal(record.Panels[0].Reserves.First(r => r.Seat == seat).ExpertId, change.In);
            Assert.True(await db.Reviews.AnyAsync(r => r.CaseId == review.CaseId && r.ExpertId == Guid.ParseExact(change.In!, "N") && r.State == ReviewState.Assigned && r.DrawId == draw.Id));
            Assert.Empty(DrawVerifier.Verify(Encoding.UTF8.GetBytes(draw.Record!), draw.Commitment!.Digest).Findings);
            return true;
        });
    }

    [Fact]
    public async Task Enlist_UntilNoReserveIsLeft_ThenSaysSo()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var (review, _, _) = await AssignedAsync(host);
        var officer = await ApiClient.SignInAsync(host, "jingban");
        var reserves = await host.InScopeAsync(async (_, db) => DrawRecordJson.Read((await db.Draws.AsNoTracking().SingleAsync(d => d.Id == review.DrawId)).Record!).Panels[0].Reserves.Count);

        var answers = new List<ApiAnswer>();
        while (answers.Count <= reserves && (answers.Count == 0 || (int)answers[^1].Status < 300))
        {
            answers.Add(await officer.PostAsync($"applications/{review.CaseId}/panel", new { reason = "分差过大" }));
        }

        Assert.Equal("panel-shortage", answers[^1].Body.GetProperty("code").GetString());
        Assert.True(answers.Count > 1);
        var record = await host.InScopeAsync(async (_, db) => (await db.Draws.AsNoTracking().SingleAsync(d => d.Id == review.DrawId)).Record!);
        Assert.Equal(answers.Count - 1, DrawRecordJson.Read(record).Substitutions.Count);
        Assert.Empty(DrawVerifier.Verify(Encoding.UTF8.GetBytes(record)).Findings);
    }

    private static Task<Guid> WaitingBatchAsync(AppHost host) => PlantedBatches.FindAsync(host, PlantedBatches.ReadyForDefence);

    /// <summary>A draw that a witness spoke at, its record, and the employer of each expert by name.</summary>
    private static Task<(PanelDraw Draw, DrawRecord Record, Dictionary<string, string> Employers)> DrawnAsync(AppHost host) => host.InScopeAsync(async (_, db) =>
    {
        var (draw, record) = (await db.Draws.AsNoTracking().Where(d => d.Record != null).OrderBy(d => d.Number).ToListAsync()).Select(d => (d, DrawRecordJson.Read(d.Record!))).First(d => d.Item2.Witness.Length > 0);
        return (draw, record, await db.Experts.AsNoTracking().ToDictionaryAsync(e => e.Id.ToString("N"), e => e.Employer));
    });

    /// <summary>The officer's ledger, with a letter in it to somebody who was drawn.</summary>
    private static async Task<string> LedgerWithALetterAsync(AppHost host, FormClient officer, Guid draw)
    {
        await host.InScopeAsync(async (_, db) =>
        {
            var seat = await (from r in db.Reviews
                              join u in db.Users on r.ExpertId equals u.ScopeId
                              where r.DrawId == draw
                              select new { r.CaseId, UserId = u.Id }).FirstAsync();
            db.Mails.Add(new MailMessage
            {
                Id = Guid.CreateVersion7(),
                MessageId = "letter@example.com",
                UserId = seat.UserId,
                ToAddress = "expert@example.com",
                ToName = "致被抽中的专家",
                Template = "assigned",
                Subject = "评审任务",
                Body = "请评审。",
                Because = "抽取",
                SubjectId = seat.CaseId,
                CreatedAt = DateTime.UtcNow,
            });
            return await db.SaveChangesAsync();
        });
        return (await officer.GetAsync("/admin/mails")).Body!.TextContent;
    }

    private static Task<PanelDraw> StoredAsync(AppHost host, string path)
    {
        var id = Guid.Parse(path.Split('/')[^1]);
        return host.InScopeAsync((_, db) => db.Draws.AsNoTracking().SingleAsync(d => d.Id == id));
    }

    /// <summary>Who judged the file on paper may be named there.</summary>
    private static bool CouldBeElsewhere(AppHost host, PanelDraw draw, string name) =>
        host.InScopeAsync((_, db) => db.Reviews.AnyAsync(r => r.ExpertName == name && r.DrawId != draw.Id && draw.Groups[0].Cases.Contains(r.CaseId))).Result;

    private static Task<(Review Review, string User, string Number)> AssignedAsync(AppHost host) => host.InScopeAsync(async (_, db) =>
    {
        var one = await (from r in db.Reviews.AsNoTracking()
                         join u in db.Users on r.ExpertId equals u.ScopeId
                         join a in db.Applications on r.CaseId equals a.Id
                         where r.State == ReviewState.Assigned && r.DrawId != null && a.Stage == "review" && u.UserName != "zhuanjia01"
                         select new { Review = r, u.UserName, a.Number }).FirstAsync();
        return (one.Review, one.UserName!, one.Number!);
    });
}
