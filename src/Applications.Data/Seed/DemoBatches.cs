using Applications.Data.Batches;
using Applications.Data.Workflow;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Identifiers;
using Applications.Domain.Organisations;
using Applications.Domain.Programmes;
using Applications.Domain.Workflow;

namespace Applications.Data.Seed;

/// <summary>Batches at every stage, made by really going the way, so that journals, work items and letters are genuine.</summary>
internal sealed class DemoBatches(
    ApplicationsDbContext db, DemoFlow flow, DemoReviews reviews, ProgrammeEdition edition, SampleApplication sample,
    IReadOnlyList<Organisation> bureaus, IReadOnlyList<Enterprise> enterprises, DemoFile file)
{
    /// <summary>A batch with more cases than this has one at every desk of the bureaus.</summary>
    private const int Scattered = 6;

    /// <summary>In which all have filed.</summary>
    private const int Days = 16;

    public async Task PlantAsync(IEnumerable<DemoPlan> plans, DateTime now, CancellationToken ct)
    {
        foreach (var plan in plans)
        {
            await OneAsync(plan, now, ct);
            db.ChangeTracker.Clear();
        }
    }

    private async Task OneAsync(DemoPlan plan, DateTime now, CancellationToken ct)
    {
        var opens = ChinaTime.ToUtc(ChinaTime.DateOf(now.AddDays(-plan.DaysAgo)), new TimeOnly(9, 0));
        flow.Clock.Now = opens;
        var filingCloses = ChinaTime.EndOfDay(ChinaTime.DateOf(plan.Stage switch
        {
            DemoStage.Filing => now.AddDays(16),
            DemoStage.Rolling => opens.AddDays(330),
            _ => opens.AddDays(20),
        }));
        var batch = NewBatch.Make(
            edition, $"{sample.Scope.Year}年度{plan.Name}", sample.Scope.Year, $"演示通知〔{sample.Scope.Year}〕{opens.DayOfYear}号",
            opens, filingCloses, filingCloses.AddDays(15));
        db.Batches.Add(batch);
        db.Quotas.AddRange(bureaus.Where(b => b.Kind == OrganisationKind.CityBureau && edition.Programme.QuotaPerCity is not null)
            .Select(b => NewBatch.Quota(batch, b.Id, edition.Programme.QuotaPerCity!.Value)));
        db.Notices.Add(NewBatch.Call(batch, edition, edition.Programme.QuotaPerCity));
        await flow.Host.StartAsync(FlowSubjects.Of(batch), batch.BatchDefinitionId, DemoFlow.Officer, "发布", ct);
        await db.SaveChangesAsync(ct);

        List<Application> cases = [];
        var firms = enterprises.Skip(plan.First).Take(plan.Count).ToList();

        // Many files come in the days that fewer would.
        DateTime Begun(int i) => opens.AddDays(1 + (i * Math.Min(firms.Count, Days) / firms.Count)).AddMinutes(25 * i);
        await flow.TogetherAsync(
            async () =>
            {
                foreach (var (enterprise, i) in firms.Select((e, i) => (e, i)))
                {
                    flow.Clock.Now = Begun(i);
                    cases.Add(await DraftAsync(batch, enterprise, ct));
                }
            },
            ct);
        await flow.TogetherAsync(
            async () =>
            {
                foreach (var (one, i) in cases.Select((c, i) => (c, i)).Where(c => plan.Stage is not (DemoStage.Filing or DemoStage.Rolling) || c.i > 0))
                {
                    flow.Clock.Now = Begun(i).AddHours(2);
                    await flow.CompleteAsync(batch, one, Roles.Applicant, "Submit", null, ct);
                }
            },
            ct);

        await ContinueAsync(plan.Stage, batch, cases, now, ct);
    }

    private async Task ContinueAsync(DemoStage stage, Batch batch, List<Application> cases, DateTime now, CancellationToken ct)
    {
        if (stage == DemoStage.Filing)
        {
            if (cases.Count > Scattered)
            {
                await ScatterAsync(batch, cases, now, ct);
            }

            return;
        }

        if (stage == DemoStage.Rolling)
        {
            await GatherAsync(batch, cases, now, ct);
            return;
        }

        await RecommendAllAsync(batch, cases, batch.RecommendationClosesAt.AddDays(-4), ct);
        await flow.RingAsync(batch, batch.FilingClosesAt, ct);
        await flow.RingAsync(batch, batch.RecommendationClosesAt, ct);
        if (stage == DemoStage.FormalCheck)
        {
            flow.Clock.Now = now.AddDays(-2);
            cases[0].Mark("""{"auditReport":"审计报告缺少附注页，请补充完整后重新上传。"}""");
            await flow.CompleteAsync(batch, cases[0], Roles.Officer, "Supplement", "审计报告缺少附注页，请补充。", ct);
            await flow.CompleteAsync(batch, cases[1], Roles.Officer, "Pass", null, ct);
            await DemoCorrections.SupplementAsync(db, flow, batch, cases[2], file, ct);
            return;
        }

        flow.Clock.Now = batch.RecommendationClosesAt.AddDays(1).AddHours(9);
        await flow.TogetherAsync(
            async () =>
            {
                foreach (var one in cases)
                {
                    flow.Clock.Now = flow.Clock.Now.AddHours(1);
                    await flow.CompleteAsync(batch, one, Roles.Officer, "Pass", null, ct);
                }
            },
            ct);
        if (stage is DemoStage.Ready or DemoStage.Assigning or DemoStage.Overdue)
        {
            flow.Clock.Now = stage == DemoStage.Overdue ? now.AddDays(-25) : now.AddDays(-1);
            await (stage == DemoStage.Assigning ? reviews.RequestAssignmentAsync(batch, cases, ct)
                : stage == DemoStage.Overdue ? reviews.LeaveOpenAsync(batch, cases, ct)
                : Task.CompletedTask);
            return;
        }

        flow.Clock.Now = stage == DemoStage.Review ? now.AddDays(-4) : flow.Clock.Now.AddDays(8);
        await reviews.ReviewAsync(batch, cases, halfway: stage == DemoStage.Review, edition.Rubric.AllRounds[0].Key, ct);
        if (stage > DemoStage.Ranking)
        {
            flow.Clock.Now = stage switch
            {
                DemoStage.Announced or DemoStage.Rated => flow.Clock.Now.AddDays(5),
                DemoStage.Announcing => now.AddDays(-20),
                _ => now.AddDays(-1).AddHours(-14),
            };
            await FinishAsync(stage, batch, cases, ct);
        }
    }

    private async Task FinishAsync(DemoStage stage, Batch batch, List<Application> cases, CancellationToken ct)
    {
        await reviews.ProposeAsync(batch, cases, ct);
        if (stage == DemoStage.Head)
        {
            return;
        }

        await flow.CompleteAsync(batch, DemoFlow.Head, "Approve", ct);
        if (stage == DemoStage.Leader)
        {
            return;
        }

        await flow.CompleteAsync(batch, DemoFlow.Leader, "Approve", ct);
        await flow.SignalAsync(batch, cases, "notice", ct);
        if (stage == DemoStage.Notice)
        {
            return;
        }

        await flow.RingAsync(batch, batch.NoticeEndsAt!.Value, ct);
        if (stage == DemoStage.Announcing)
        {
            return;
        }

        flow.Clock.Now = flow.Clock.Now.AddDays(1);
        await flow.CompleteAsync(batch, DemoFlow.Officer, "Announce", ct);
        await flow.SignalAsync(batch, cases, "announcement", ct);
        if (stage == DemoStage.Rated)
        {
            await reviews.RateAsync(batch, ct);
        }
    }

    private async Task<Application> DraftAsync(Batch batch, Enterprise enterprise, CancellationToken ct)
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
            CityName = DivisionCodes.NameOf(city.DivisionCode),
            CreatedAt = flow.Clock.Now,
        };
        var scope = sample.Scope with { Enterprise = enterprise.Profile, Figures = enterprise.Figures };
        var answers = DemoRecords.Fill(edition.Form, scope, sample.NewAnswers());
        var firm = Enumerable.Range(0, enterprises.Count).First(i => enterprises[i].Id == enterprise.Id);
        DemoTexts.Write(edition.Form, answers, firm);
        DemoRecords.Own(edition.Programme, answers, application, firm);
        application.SaveAnswers(answers.ToJson().Replace(sample.Enterprise.Name, enterprise.Name, StringComparison.Ordinal), "企业经办（演示）", flow.Clock.Now);
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
            AddedAt = flow.Clock.Now,
            AddedBy = "企业经办（演示）",
        })));
        await flow.Host.StartAsync(FlowSubjects.Of(application, batch), batch.CaseDefinitionId, DemoFlow.Applicant(application), "开始", ct);
        await flow.SaveAsync(ct);
        return application;
    }

    /// <summary>One draft, one sent back, one sent back and handed in again, two recommended and waiting for the list, the rest at the bureaus.</summary>
    private async Task ScatterAsync(Batch batch, List<Application> cases, DateTime now, CancellationToken ct)
    {
        flow.Clock.Now = now.AddDays(-1);
        cases[1].Mark("""{"competitiveness":"请补充市场占有率的数据来源和近两年的位次变化。"}""");
        var checker = cases[1].Stage == "countyCheck" ? Roles.County : Roles.City;
        await flow.CompleteAsync(batch, cases[1], checker, Outcomes.Return, "行业竞争优势叙述过简，请按提示补充后重新提交。", ct);
        await DemoCorrections.ReturnAsync(flow, batch, cases[2], edition.Form, ct);
        foreach (var one in cases.Skip(4).Take(2))
        {
            await flow.ForwardAsync(batch, one, ct);
            await flow.CompleteAsync(batch, one, Roles.City, "Recommend", null, ct);
        }

        await flow.ForwardAsync(batch, cases[6], ct);
    }

    /// <summary>A draft, one at the bureaus, and the rest checked and waiting for the next turn of review.</summary>
    private async Task GatherAsync(Batch batch, List<Application> cases, DateTime now, CancellationToken ct)
    {
        var ready = cases[2..];
        await RecommendAllAsync(batch, ready, now.AddDays(-20), ct);
        foreach (var one in ready)
        {
            flow.Clock.Now = flow.Clock.Now.AddDays(1);
            await flow.CompleteAsync(batch, one, Roles.Officer, "Pass", null, ct);
        }

        flow.Clock.Now = now.AddHours(-3);
        await reviews.RequestDrawAsync(batch, ready, ct);
    }

    private async Task RecommendAllAsync(Batch batch, List<Application> cases, DateTime from, CancellationToken ct)
    {
        flow.Clock.Now = from.AddHours(9);
        await flow.TogetherAsync(
            async () =>
            {
                foreach (var one in cases)
                {
                    flow.Clock.Now = flow.Clock.Now.AddMinutes(40);
                    await flow.ForwardAsync(batch, one, ct);
                    await flow.CompleteAsync(batch, one, Roles.City, "Recommend", null, ct);
                }
            },
            ct);
        await flow.TogetherAsync(() => ListAllAsync(batch, cases, ct), ct);
    }

    private async Task ListAllAsync(Batch batch, List<Application> cases, CancellationToken ct)
    {
        foreach (var city in cases.GroupBy(c => (c.CityId, c.CityName)))
        {
            var rank = 0;
            List<ListEntry> entries = [];
            foreach (var one in city)
            {
                one.CityRank = ++rank;
                entries.Add(new ListEntry(rank, one.Id, one.Number!, one.EnterpriseName, one.CityName));
                await flow.CompleteAsync(batch, one, Roles.City, "List", null, ct);
            }

            db.RecommendationLists.Add(new RecommendationList
            {
                Id = Guid.CreateVersion7(),
                BatchId = batch.Id,
                CityId = city.Key.CityId,
                CityName = city.Key.CityName,
                DocumentNumber = $"演示推〔{batch.Year}〕{cases.IndexOf(city.First()) + 1}号",
                IssuedAt = flow.Clock.Now,
                IssuedBy = "市局经办（演示）",
                Entries = entries,
            });
        }
    }
}
