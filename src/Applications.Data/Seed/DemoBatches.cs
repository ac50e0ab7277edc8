using System.Text.Json;
using Applications.Data.Calendars;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Organisations;
using Applications.Domain.Programmes;
using Applications.Domain.Reviews;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Data.Seed;

/// <summary>How far a demonstration batch has come.</summary>
internal enum DemoStage
{
    Filing,
    FormalCheck,
    Review,
    Ranking,
    Head,
    Leader,
    Notice,
    Announced,
}

/// <summary>Batches at every stage, made by really going the way: the host moves them on a clock of the past, so that journals and work items are genuine.</summary>
internal sealed class DemoBatches
{
    private readonly ApplicationsDbContext db;
    private readonly ProgrammeEdition edition;
    private readonly SampleApplication sample;
    private readonly IReadOnlyList<Organisation> bureaus;
    private readonly IReadOnlyList<Enterprise> enterprises;
    private readonly IReadOnlyList<Expert> experts;
    private readonly DemoFile file;
    private readonly DemoClock clock = new(DateTime.UnixEpoch);
    private readonly WorkflowHost host;

    public DemoBatches(
        IServiceProvider services, ProgrammeEdition edition, SampleApplication sample,
        IReadOnlyList<Organisation> bureaus, IReadOnlyList<Enterprise> enterprises, IReadOnlyList<Expert> experts, DemoFile file)
    {
        db = services.GetRequiredService<ApplicationsDbContext>();
        (this.edition, this.sample, this.bureaus, this.enterprises, this.experts, this.file) = (edition, sample, bureaus, enterprises, experts, file);
        var catalog = services.GetRequiredService<DefinitionCatalog>();
        var calendars = services.GetRequiredService<CalendarSource>();
        host = new WorkflowHost(db, catalog, calendars, new FlowCommands(db, catalog, calendars, services.GetRequiredService<NumberAllocator>()), clock);
    }

    public async Task PlantAsync(DateTime now, CancellationToken ct)
    {
        (string Name, int DaysAgo, DemoStage Stage, int First, int Count)[] plan =
        [
            ("2026年度“一企一技术”研发中心（第二批，正在申报）", 20, DemoStage.Filing, 1, 8),
            ("2026年度“一企一技术”研发中心（第一批，形式审查）", 60, DemoStage.FormalCheck, 10, 4),
            ("2026年度“一企一技术”研发中心（专项批次，专家评审）", 75, DemoStage.Review, 14, 4),
            ("2025年度“一企一技术”研发中心（第四批，汇总排名）", 90, DemoStage.Ranking, 18, 4),
            ("2025年度“一企一技术”研发中心（第三批，处长审签）", 100, DemoStage.Head, 22, 3),
            ("2025年度“一企一技术”研发中心（补充批次，厅领导审签）", 105, DemoStage.Leader, 25, 3),
            ("2025年度“一企一技术”研发中心（第二批，公示）", 110, DemoStage.Notice, 28, 4),
            ("2025年度“一企一技术”研发中心（第一批，已公布）", 200, DemoStage.Announced, 32, 5),
        ];
        foreach (var (name, daysAgo, stage, first, count) in plan)
        {
            await OneAsync(name, now.AddDays(-daysAgo), now, stage, [.. enterprises.Skip(first).Take(count)], ct);
            db.ChangeTracker.Clear();
        }

        // Letters of the past have long been sent.
        var past = now.AddDays(-3);
        await db.Outbox.Where(o => o.CreatedAt < past).ExecuteUpdateAsync(set => set.SetProperty(o => o.DoneAt, now), ct);
        await db.Timers.Where(t => t.DueAt <= now).ExecuteUpdateAsync(set => set.SetProperty(t => t.DoneAt, now), ct);
    }

    private async Task OneAsync(string name, DateTime opens, DateTime now, DemoStage stage, IReadOnlyList<Enterprise> applicants, CancellationToken ct)
    {
        clock.Now = UtcMilliseconds.Cut(opens);
        var filingCloses = stage == DemoStage.Filing ? ChinaTime.EndOfDay(ChinaTime.DateOf(now.AddDays(16))) : ChinaTime.EndOfDay(ChinaTime.DateOf(opens.AddDays(20)));
        var batch = DemoBatch.Make(edition, name, clock.Now, filingCloses, filingCloses.AddDays(15));
        db.Batches.Add(batch);
        db.Quotas.AddRange(bureaus.Where(b => b.Kind == OrganisationKind.CityBureau)
            .Select(b => new Quota { BatchId = batch.Id, CityId = b.Id, Limit = edition.Programme.QuotaPerCity, Version = Guid.NewGuid() }));
        db.Notices.Add(DemoBatch.Call(batch, edition));
        await host.StartAsync(batch, Officer, ct);
        await db.SaveChangesAsync(ct);

        List<Application> cases = [];
        foreach (var (enterprise, i) in applicants.Select((e, i) => (e, i)))
        {
            clock.Now = clock.Now.AddHours(3);
            cases.Add(await DraftAsync(batch, enterprise, submit: stage != DemoStage.Filing || i > 0, ct));
        }

        if (stage == DemoStage.Filing)
        {
            await ScatterAsync(batch, cases, ct);
            return;
        }

        await RecommendAllAsync(batch, cases, ct);
        await CloseWindowsAsync(batch, ct);
        if (stage == DemoStage.FormalCheck)
        {
            clock.Now = now.AddDays(-2);
            await CompleteAsync(batch, cases[0], Roles.Officer, "Supplement", "审计报告缺少附注页，请补充。", ct);
            await CompleteAsync(batch, cases[1], Roles.Officer, "Pass", null, ct);
            return;
        }

        foreach (var one in cases)
        {
            clock.Now = clock.Now.AddHours(2);
            await CompleteAsync(batch, one, Roles.Officer, "Pass", null, ct);
        }

        await ReviewAsync(batch, cases, stage == DemoStage.Review, now, ct);
        if (stage <= DemoStage.Ranking)
        {
            return;
        }

        await FinishAsync(batch, cases, stage, now, ct);
    }

    private static Actor Officer { get; } = new(null, "王经办（演示）", Roles.Officer, null);

    private async Task<Application> DraftAsync(Batch batch, Enterprise enterprise, bool submit, CancellationToken ct)
    {
        var city = bureaus.First(b => b.Id == enterprise.CityId);
        var application = new Application
        {
            Id = Guid.CreateVersion7(),
            BatchId = batch.Id,
            EnterpriseId = enterprise.Id,
            CityId = enterprise.CityId,
            CountyId = enterprise.CountyId,
            EnterpriseName = enterprise.Name,
            CityName = Domain.Identifiers.DivisionCodes.NameOf(city.DivisionCode),
            CreatedAt = clock.Now,
        };
        var scope = sample.Scope with { Enterprise = enterprise.Profile, Figures = enterprise.Figures };
        var answers = FormPrefill.Fill(edition.Form, scope, sample.NewAnswers());
        application.SaveAnswers(answers.ToJson().Replace(sample.Enterprise.Name, enterprise.Name, StringComparison.Ordinal), "企业经办（演示）", clock.Now);
        db.Applications.Add(application);
        db.Attachments.AddRange(sample.Files.SelectMany(f => f.Value.Select(given => new Attachment
        {
            Id = Guid.CreateVersion7(),
            CaseId = application.Id,
            FieldKey = f.Key,
            FileName = given.Name,
            ContentType = "application/pdf",
            Size = file.Size,
            Sha256 = file.Sha256,
            AddedAt = clock.Now,
            AddedBy = "企业经办（演示）",
        })));
        var actor = Applicant(application);
        await host.StartAsync(application, batch, actor, ct);
        await db.SaveChangesAsync(ct);
        if (submit)
        {
            clock.Now = clock.Now.AddHours(5);
            await CompleteAsync(batch, application, Roles.Applicant, "Submit", null, ct);
        }

        return application;
    }

    private static Actor Applicant(Application a) => new(null, "企业经办（演示）", Roles.Applicant, a.EnterpriseId);

    private async Task ScatterAsync(Batch batch, List<Application> cases, CancellationToken ct)
    {
        // One draft, one returned, two recommended and waiting for the list, the rest at the bureaus.
        clock.Now = clock.Now.AddDays(1);
        await ReturnAsync(batch, cases[1], ct);
        foreach (var one in cases.Skip(4).Take(2))
        {
            await ForwardAsync(batch, one, ct);
            await CompleteAsync(batch, one, Roles.City, "Recommend", null, ct);
        }

        await ForwardAsync(batch, cases[6], ct);
    }

    private async Task ReturnAsync(Batch batch, Application one, CancellationToken ct)
    {
        one.Mark("""{"centreIntroduction":"请补充研究方向与行业关键技术的对应关系。"}""");
        await CompleteAsync(batch, one, one.Stage == "countyCheck" ? Roles.County : Roles.City, "Return", "研发中心情况叙述过简，请按提示补充后重新提交。", ct);
    }

    private async Task ForwardAsync(Batch batch, Application one, CancellationToken ct)
    {
        if (one.Stage == "countyCheck")
        {
            await CompleteAsync(batch, one, Roles.County, "Forward", null, ct);
        }
    }

    private async Task RecommendAllAsync(Batch batch, List<Application> cases, CancellationToken ct)
    {
        clock.Now = batch.FilingClosesAt.AddDays(2);
        foreach (var one in cases)
        {
            clock.Now = clock.Now.AddHours(1);
            await ForwardAsync(batch, one, ct);
            await CompleteAsync(batch, one, Roles.City, "Recommend", null, ct);
        }

        foreach (var city in cases.GroupBy(c => (c.CityId, c.CityName)))
        {
            var rank = 0;
            List<ListEntry> entries = [];
            foreach (var one in city)
            {
                one.CityRank = ++rank;
                entries.Add(new ListEntry(rank, one.Id, one.Number!, one.EnterpriseName, one.CityName));
                await CompleteAsync(batch, one, Roles.City, "List", null, ct);
            }

            db.RecommendationLists.Add(new RecommendationList
            {
                Id = Guid.CreateVersion7(),
                BatchId = batch.Id,
                CityId = city.Key.CityId,
                CityName = city.Key.CityName,
                DocumentNumber = $"演示推〔{batch.Year}〕{cases.IndexOf(city.First()) + 1}号",
                IssuedAt = clock.Now,
                IssuedBy = "市局经办（演示）",
                Entries = entries,
            });
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task CloseWindowsAsync(Batch batch, CancellationToken ct)
    {
        foreach (var at in new[] { batch.FilingClosesAt, batch.RecommendationClosesAt })
        {
            clock.Now = at;
            await host.TimeOutAsync(batch, batch.State.Tokens[0].Id, ct);
            await db.SaveChangesAsync(ct);
        }
    }

    private async Task ReviewAsync(Batch batch, List<Application> cases, bool stopHalfway, DateTime now, CancellationToken ct)
    {
        clock.Now = stopHalfway ? now.AddDays(-4) : clock.Now.AddDays(8);
        var plan = PanelAssignment.Assign(
            [.. cases.Select(c => Panel(c))], stopHalfway ? [.. experts.Take(12)] : experts, 5, batch.Id.ToString("N"), new Dictionary<Guid, int>());
        var reviews = plan.Seats.Select(s => new Review
        {
            Id = Guid.CreateVersion7(),
            CaseId = s.CaseId,
            BatchId = batch.Id,
            ExpertId = s.Expert.Id,
            ExpertName = s.Expert.Name,
            AssignedAt = clock.Now,
            AssignedBecause = s.Because,
            Version = Guid.NewGuid(),
        }).ToList();
        db.Reviews.AddRange(reviews);
        await db.SaveChangesAsync(ct);
        await CompleteBatchAsync(batch, Officer, "Assign", ct);
        foreach (var one in cases)
        {
            await host.SignalAsync(one, batch, "review", ct);
            await db.SaveChangesAsync(ct);
        }

        HashSet<Guid> unfinished = [.. experts.Take(3).Select(e => e.Id)];
        foreach (var review in reviews.Where(r => !stopHalfway || (r.CaseId == cases[0].Id && !unfinished.Contains(r.ExpertId))))
        {
            clock.Now = clock.Now.AddMinutes(20);
            await LockAsync(batch, cases.First(c => c.Id == review.CaseId), review, ct);
        }
    }

    private PanelCase Panel(Application one)
    {
        var enterprise = enterprises.First(e => e.Id == one.EnterpriseId);
        return new PanelCase(one.Id, enterprise.Uscc, enterprise.Profile.Industry, enterprise.Profile.CityCode!, new HashSet<Guid>());
    }

    private async Task LockAsync(Batch batch, Application one, Review review, CancellationToken ct)
    {
        var seed = (uint)HashCode.Combine(one.Number!.Length, review.ExpertName.Length) + (uint)review.ExpertName[^1] + one.Number[^1];
        var scores = edition.Rubric.Criteria.ToDictionary(c => c.Key, c => Math.Min(c.FullHundredths, (int)(c.FullHundredths * (62 + (seed % 25)) / 100 / 50 * 50)));
        review.DeclareFree(clock.Now);
        review.Lock(JsonSerializer.Serialize(scores, ApplicationsDbContext.Json), "研发方向明确，投入持续，成果转化有据可查。（演示）", scores.Values.Sum(), clock.Now);
        review.Version = Guid.NewGuid();
        var expert = new Actor(null, review.ExpertName, Roles.Expert, review.ExpertId);
        await host.AnswerAsync(one, batch, one.State.Tokens[0].Id, review.ExpertId.ToString("N"), PanelReviewKind.Score, expert, null, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task FinishAsync(Batch batch, List<Application> cases, DemoStage stage, DateTime now, CancellationToken ct)
    {
        clock.Now = stage == DemoStage.Announced ? clock.Now.AddDays(5) : now.AddDays(-2);
        var ranked = Ranking.Rank(cases.Select(c => new RankEntry<Application>(c, c.Score!.Value, [], c.Number!)));
        db.ProposedLists.Add(new ProposedList
        {
            Id = Guid.CreateVersion7(),
            BatchId = batch.Id,
            Round = 1,
            ProposedAt = clock.Now,
            ProposedBy = Officer.Name,
            Note = "按专家评审得分排序，达到及格线的列入。",
            Entries = [.. ranked.Select(r => new ListEntry(r.Place, r.Entry.Item.Id, r.Entry.Item.Number!, r.Entry.Item.EnterpriseName, r.Entry.Item.CityName, r.Entry.Score,
                r.Entry.Score >= edition.Programme.PassLine * 100 && r.Place < cases.Count))],
        });
        await db.SaveChangesAsync(ct);
        await CompleteBatchAsync(batch, Officer, "Propose", ct);
        if (stage == DemoStage.Head)
        {
            return;
        }

        await CompleteBatchAsync(batch, new Actor(null, "赵处长（演示）", Roles.Head, null), "Approve", ct);
        if (stage == DemoStage.Leader)
        {
            return;
        }

        await CompleteBatchAsync(batch, new Actor(null, "孙厅领导（演示）", Roles.Leader, null), "Approve", ct);
        await SignalAllAsync(batch, cases, "notice", ct);
        if (stage == DemoStage.Notice)
        {
            return;
        }

        clock.Now = batch.NoticeEndsAt!.Value;
        await host.TimeOutAsync(batch, batch.State.Tokens[0].Id, ct);
        await db.SaveChangesAsync(ct);
        clock.Now = clock.Now.AddDays(1);
        await CompleteBatchAsync(batch, Officer, "Announce", ct);
        await SignalAllAsync(batch, cases, "announcement", ct);
    }

    private async Task SignalAllAsync(Batch batch, List<Application> cases, string signal, CancellationToken ct)
    {
        foreach (var one in cases)
        {
            await host.SignalAsync(one, batch, signal, ct);
            await db.SaveChangesAsync(ct);
        }

        var key = $"signal:{batch.Id:N}:{signal}";
        await db.Outbox.Where(o => o.DedupKey == key).ExecuteUpdateAsync(set => set.SetProperty(o => o.DoneAt, clock.Now), ct);
    }

    private async Task CompleteAsync(Batch batch, Application one, string role, string outcome, string? reason, CancellationToken ct)
    {
        var actor = role switch
        {
            Roles.Applicant => Applicant(one),
            Roles.County => new Actor(null, "县局经办（演示）", role, one.CountyId),
            Roles.City => new Actor(null, "市局经办（演示）", role, one.CityId),
            _ => Officer,
        };
        await host.CompleteAsync(one, batch, one.State.Tokens[0].Id, outcome, actor, reason, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task CompleteBatchAsync(Batch batch, Actor actor, string outcome, CancellationToken ct)
    {
        clock.Now = clock.Now.AddHours(4);
        await host.CompleteAsync(batch, batch.State.Tokens[0].Id, outcome, actor, null, ct);
        await db.SaveChangesAsync(ct);
    }
}
