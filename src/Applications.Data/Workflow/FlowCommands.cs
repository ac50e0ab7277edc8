using System.Globalization;
using System.Text.Json;
using Applications.Data.Calendars;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Forms;
using Applications.Domain.Reviews;
using Applications.Domain.Rubrics;
using Applications.Domain.Titles;
using Applications.Domain.Workflow.Activities;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Workflow;

/// <summary>The domain commands that flows ask for (<see cref="Commands"/>). They change tracked entities in the present unit of work.</summary>
public sealed class FlowCommands(ApplicationsDbContext db, DefinitionCatalog definitions, CalendarSource calendars, NumberAllocator numbers)
{
    internal async Task RunAsync(CommandSettings command, FlowSubject subject, Actor actor, DateTime now, CancellationToken ct)
    {
        await (command.Command switch
        {
            Domain.Workflow.Commands.FreezeFiling => FreezeFilingAsync(subject.Case!, subject.Batch, actor, now, ct),
            Domain.Workflow.Commands.UseQuota => UseQuotaAsync(subject.Case!, ct),
            Domain.Workflow.Commands.ReleaseQuota => ReleaseQuotaAsync(subject.Case!, ct),
            Domain.Workflow.Commands.Tally => TallyAsync(subject.Case!, definitions.Rubric(subject.Batch.RubricId), ct),
            Domain.Workflow.Commands.TakeResult => TakeResultAsync(subject.Case!, ct),
            Domain.Workflow.Commands.IssueCertificate => IssueCertificateAsync(subject.Case!, subject.Batch, now, ct),
            Domain.Workflow.Commands.PublishNotice => PublishNoticeAsync(subject.Batch, now, ct),
            Domain.Workflow.Commands.PublishAnnouncement => PublishAnnouncementAsync(subject.Batch, now, ct),
            Domain.Workflow.Commands.ExtendTitle => ExtendTitleAsync(subject.Certificate!, subject.Batch),
            Domain.Workflow.Commands.RevokeTitle => RevokeTitleAsync(subject.Certificate!, command.Ground, now),
            _ => throw new InvalidOperationException($"No code for command '{command.Command}'."),
        });
    }

    /// <summary>The experts who sit on the case's panels, by round, as the engine's participants.</summary>
    internal async Task<ILookup<string, string>> PanelsAsync(Guid caseId, CancellationToken ct) =>
        (await db.Reviews.Where(r => r.CaseId == caseId && r.State != ReviewState.Declined).OrderBy(r => r.ExpertId).Select(r => new { r.Round, r.ExpertId }).ToListAsync(ct))
        .ToLookup(r => r.Round, r => r.ExpertId.ToString("N"));

    private async Task FreezeFilingAsync(Application application, Batch batch, Actor actor, DateTime now, CancellationToken ct)
    {
        var enterprise = (await db.Enterprises.FindAsync([application.EnterpriseId], ct))!;
        var city = await db.Organisations.AsNoTracking().Where(o => o.Id == application.CityId).Select(o => o.DivisionCode).SingleAsync(ct);
        var number = application.Number ?? await NumberAsync(definitions.Programme(batch.ProgrammeId).CertificatePrefix, batch.Year, city, ct);
        var marks = application.HasMarks ? application.Marks : null;
        application.File(() => number, now);
        application.EnterpriseName = enterprise.Name;

        var files = await db.Attachments.Where(a => a.CaseId == application.Id && a.RemovedAt == null).ToListAsync(ct);
        foreach (var file in files.Where(f => f.FiledInRound is null))
        {
            file.FiledInRound = application.FilingRound;
        }

        var record = JsonSerializer.Serialize(new { enterprise.Profile, enterprise.Figures }, ApplicationsDbContext.Json);
        db.Filings.Add(new Filing
        {
            Id = Guid.CreateVersion7(),
            CaseId = application.Id,
            Round = application.FilingRound,
            FiledAt = now,
            FiledBy = actor.UserId,
            FiledByName = actor.Name,
            Answers = application.Answers,
            Enterprise = record,
            Explanations = application.Explanations,
            Marks = marks,
            Digest = Filing.DigestOf(application.Answers, record, files.Select(f => f.Sha256)),
        });
    }

    private async Task<string> NumberAsync(string prefix, int year, string cityCode, CancellationToken ct)
    {
        var next = await numbers.NextAsync($"application:{prefix}:{year}:{cityCode}", ct);
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{year}-{cityCode}-{next:0000}");
    }

    private async Task UseQuotaAsync(Application application, CancellationToken ct)
    {
        var quota = await QuotaAsync(application, ct);
        quota.Use();
        application.HoldsQuota = true;
        quota.Version = Guid.NewGuid();
    }

    private async Task ReleaseQuotaAsync(Application application, CancellationToken ct)
    {
        var quota = await QuotaAsync(application, ct);
        quota.Release();
        application.HoldsQuota = false;
        quota.Version = Guid.NewGuid();
        application.CityRank = null;
    }

    private Task<Quota> QuotaAsync(Application application, CancellationToken ct) =>
        db.Quotas.SingleAsync(q => q.BatchId == application.BatchId && q.CityId == application.CityId, ct);

    private async Task TallyAsync(Application application, RubricDefinition rubric, CancellationToken ct)
    {
        // Tracked: the score that completes the panel is locked in this same unit of work.
        var totals = (await db.Reviews.Where(r => r.CaseId == application.Id).ToListAsync(ct))
            .Where(r => r.State == ReviewState.Locked).ToLookup(r => r.Round, r => r.Total!.Value);
        var scored = rubric.AllRounds.Where(r => totals.Contains(r.Key)).Select(r => (Round: r, Tally: ScoreTally.Tally([.. totals[r.Key]], rubric.Tally))).ToList();
        application.Score = ScoreTally.Combine(scored);
        application.ScoreFlagged = scored.Exists(s => s.Tally.NeedsDiscussion);
    }

    private async Task TakeResultAsync(Application application, CancellationToken ct)
    {
        var list = await LatestListAsync(application.BatchId, ct);
        var entry = list.Entries.FirstOrDefault(e => e.CaseId == application.Id);
        application.Rank = entry?.Rank;
        application.Selected = entry?.Selected ?? false;
    }

    private async Task IssueCertificateAsync(Application application, Batch batch, DateTime now, CancellationToken ct)
    {
        var programme = definitions.Programme(batch.ProgrammeId);
        var uscc = await db.Enterprises.Where(e => e.Id == application.EnterpriseId).Select(e => e.Uscc).SingleAsync(ct);
        var next = await numbers.NextAsync($"certificate:{programme.CertificatePrefix}:{batch.Year}", ct);
        db.Certificates.Add(new Certificate
        {
            Id = Guid.CreateVersion7(),
            Number = string.Create(CultureInfo.InvariantCulture, $"{programme.CertificatePrefix}-{batch.Year}-{next:00000}"),
            CaseId = application.Id,
            EnterpriseId = application.EnterpriseId,
            EnterpriseName = application.EnterpriseName,
            Uscc = uscc,
            CityName = application.CityName,
            ProgrammeKey = batch.ProgrammeKey,
            TitleName = programme.ObjectOf(Answers.Parse(application.Answers)) is { } what ? $"{programme.Name}：{what}" : programme.Name,
            IssuedAt = now,
            Version = Guid.NewGuid(),
        }.ValidFor(programme.ValidityMonths));
    }

    private Task ExtendTitleAsync(Certificate certificate, Batch batch)
    {
        certificate.Extend(definitions.Programme(batch.ProgrammeId).ValidityMonths);
        return Task.CompletedTask;
    }

    private static Task RevokeTitleAsync(Certificate certificate, string? ground, DateTime now)
    {
        certificate.Revoke(ground, now);
        return Task.CompletedTask;
    }

    private async Task PublishNoticeAsync(Batch batch, DateTime now, CancellationToken ct)
    {
        var calendar = await calendars.GetAsync(ct);
        var programme = definitions.Programme(batch.ProgrammeId);
        var list = await LatestListAsync(batch.Id, ct);
        var slug = await SlugAsync(batch.Id, NoticeKind.PublicNotice, "notice", ct);
        batch.NoticeEndsAt = calendar.DueAt(now, programme.LimitsInWorkingDays.Notice);
        db.Notices.Add(new Notice
        {
            Id = Guid.CreateVersion7(),
            BatchId = batch.Id,
            Kind = NoticeKind.PublicNotice,
            Slug = slug,
            Title = $"关于{batch.Name}拟{programme.ListName}的公示",
            Body = $"""
                根据《{programme.FindRuleSet(batch.RuleSetId)!.Title}》和申报通知要求，经企业申报、有关部门推荐、形式审查、专家论证，现将{batch.Name}拟{programme.ListName}予以公示。

                公示期为 {programme.LimitsInWorkingDays.Notice} 个工作日，至 {ChinaTime.FormatDeadline(batch.NoticeEndsAt.Value)} 止。

                公示期内，任何单位和个人对名单有异议的，应以书面形式提出，并提供必要的证明材料。单位提出异议须加盖公章，个人提出异议须署真实姓名、证件号码和联系方式。匿名或逾期提出的异议不予受理。
                """,
            PublishedAt = now,
            ClosesAt = batch.NoticeEndsAt,
            Entries = Public(list),
        });
    }

    private async Task PublishAnnouncementAsync(Batch batch, DateTime now, CancellationToken ct)
    {
        var list = await LatestListAsync(batch.Id, ct);
        var name = definitions.Programme(batch.ProgrammeId).ListName;
        db.Notices.Add(new Notice
        {
            Id = Guid.CreateVersion7(),
            BatchId = batch.Id,
            Kind = NoticeKind.Announcement,
            Slug = await SlugAsync(batch.Id, NoticeKind.Announcement, "announcement", ct),
            Title = $"关于公布{batch.Name}{name}的通知",
            Body = $"""
                经企业申报、有关部门推荐、专家论证、网上公示，现将{batch.Name}{name}予以公布。

                请各市加强对获认定企业的跟踪服务和动态管理。证书编号可在本网站“证书查验”栏目核验。
                """,
            PublishedAt = now,
            Entries = Public(list),
        });
    }

    /// <summary>A batch that goes round several times in its year publishes each time; every page has an address of its own.</summary>
    private async Task<string> SlugAsync(Guid batchId, NoticeKind kind, string name, CancellationToken ct)
    {
        var earlier = await db.Notices.CountAsync(n => n.BatchId == batchId && n.Kind == kind, ct);
        return earlier == 0 ? $"{name}-{batchId:N}" : string.Create(CultureInfo.InvariantCulture, $"{name}-{batchId:N}-{earlier + 1}");
    }

    private Task<ProposedList> LatestListAsync(Guid batchId, CancellationToken ct) =>
        db.ProposedLists.AsNoTracking().Where(l => l.BatchId == batchId).OrderByDescending(l => l.Round).FirstAsync(ct);

    /// <summary>Names in the order of the city codes they were listed by: neither scores nor places are public.</summary>
    private static List<ListEntry> Public(ProposedList list) =>
        [.. list.Entries.Where(e => e.Selected).OrderBy(e => e.Number, StringComparer.Ordinal)
            .Select((e, i) => new ListEntry(i + 1, Guid.Empty, e.Number, e.EnterpriseName, e.CityName, Object: e.Object))];
}
