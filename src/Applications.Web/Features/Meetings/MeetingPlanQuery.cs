using Applications.Data;
using Applications.Data.Calendars;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Rubrics;
using Applications.Web.Features.Cases;
using Applications.Web.Features.Reviews;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Meetings;

/// <summary>Reads a plan from the form and holds it against the day of the draw and against other sessions.</summary>
public sealed class MeetingPlanQuery(ApplicationsDbContext db, SealedSourcesQuery sources, CaseFormQuery forms, DefinitionCatalog definitions, CalendarSource calendars, TimeProvider clock)
{
    private const int DefaultMinutes = 20;

    /// <param name="changed">The session that is changed; null for a new one.</param>
    /// <param name="sitting">Who sits in it.</param>
    /// <param name="reader">Who calls it: he is told the names that are open to him.</param>
    /// <exception cref="RuleBrokenException"><c>starts-required</c>, <c>starts-past</c>, <c>starts-sealed</c>, <c>place-required</c>, <c>link-unreadable</c>, <c>text-too-long</c>, <c>minutes</c>, <c>order</c>, <c>order-twice</c>, <c>agenda-empty</c>, <c>meeting-overlaps</c>, <c>place-taken</c>; <c>starts-unusual</c> asks for <see cref="MeetingInput.Sure"/>.</exception>
    /// <exception cref="ValidationException">Several of those that can be told of the form alone.</exception>
    public async Task<MeetingPlan> ReadAsync(MeetingInput input, MeetingKind kind, PanelDraw draw, IReadOnlyList<Guid> cases, PanelSitting sitting, PanelMeeting? changed, Actor reader, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(draw);
        ArgumentNullException.ThrowIfNull(sitting);

        // What can be told at once is told at once; whether others are in the way is asked of a plan that can be read.
        List<RuleBrokenException> faults = [];
        var starts = Tried(() => StartOf(input, draw), faults);
        var (place, link) = Tried(() => Where(input), faults);
        IReadOnlyList<AgendaItem> agenda = [];
        try
        {
            agenda = await AgendaAsync(input, kind, cases, ct);
        }
        catch (RuleBrokenException e)
        {
            faults.Add(e);
        }

        if (faults.Count > 0)
        {
            throw faults.Count == 1 ? faults[0] : new ValidationException(faults.Select(f => new ValidationFailure(f.Field, f.Message)));
        }

        var plan = new MeetingPlan(starts, place!, link, agenda);
        await RequireFreeAsync(plan, sitting, changed?.Id, reader, ct);
        if (!input.Sure && plan.StartsAt != changed?.StartsAt)
        {
            await AskIfUnusualAsync(input.Day!.Value, ct);
        }

        return plan;
    }

    /// <summary>What may be meant, but is more often a slip of the calendar, is asked once.</summary>
    private async Task AskIfUnusualAsync(DateOnly day, CancellationToken ct)
    {
        var calendar = await calendars.GetAsync(ct);
        var reason = !calendar.IsWorkday(day) ? $"{ChinaTime.FormatDate(day)}是休息日" : day < calendar.AddWorkingDays(ChinaTime.Today(clock), 1) ? "会议就在今天，专家和企业可能来不及收到通知" : null;
        if (reason is not null)
        {
            throw new RuleBrokenException("starts-unusual", $"{reason}。请换一个日期，或在此确认。", "Input.Sure");
        }
    }

    private static T? Tried<T>(Func<T> read, List<RuleBrokenException> faults)
    {
        try
        {
            return read();
        }
        catch (RuleBrokenException e)
        {
            faults.Add(e);
            return default;
        }
    }

    /// <summary>The files of a panel, in the order of their numbers.</summary>
    public async Task<IReadOnlyList<MeetingFile>> FilesAsync(IReadOnlyList<Guid> cases, CancellationToken ct) =>
        [.. (await db.Applications.AsNoTracking().Where(a => cases.Contains(a.Id)).Select(a => new { a.Id, a.Number, a.EnterpriseName }).ToListAsync(ct))
            .OrderBy(a => a.Number, StringComparer.Ordinal).Select(a => new MeetingFile(a.Id, a.Number ?? string.Empty, a.EnterpriseName))];

    private DateTime StartOf(MeetingInput input, PanelDraw draw)
    {
        if (input.Day is not { } day)
        {
            throw new RuleBrokenException("starts-required", "请填写日期。", "Input.Day");
        }

        if (input.Time is not { } time)
        {
            throw new RuleBrokenException("starts-required", "请填写开始时间。", "Input.Time");
        }

        if (day < ChinaTime.Today(clock))
        {
            throw new RuleBrokenException("starts-past", "这一天已经过去，请填写今天或以后的日期。", "Input.Day");
        }

        if (day < draw.SessionOn)
        {
            throw new RuleBrokenException("starts-sealed", $"专家名单在 {ChinaTime.FormatDate(draw.SessionOn)} 开封，会议不能早于这一天。", "Input.Day");
        }

        var starts = ChinaTime.StartOfDay(day).Add(time.ToTimeSpan());
        return starts >= clock.GetUtcNow().UtcDateTime ? starts : throw new RuleBrokenException("starts-past", "开始时间不能早于现在。", "Input.Time");
    }

    private static (string Place, string? Link) Where(MeetingInput input)
    {
        var place = input.Place?.Trim() ?? string.Empty;
        var link = string.IsNullOrWhiteSpace(input.Link) ? null : input.Link.Trim();
        if (place.Length == 0 && link is null)
        {
            throw new RuleBrokenException("place-required", "请填写地点，或填写线上会议链接。", "Input.Place");
        }

        if (place.Length > PanelMeeting.LongestPlace || link?.Length > PanelMeeting.LongestPlace)
        {
            throw new RuleBrokenException("text-too-long", $"不超过 {PanelMeeting.LongestPlace} 字。", place.Length > PanelMeeting.LongestPlace ? "Input.Place" : "Input.Link");
        }

        if (link is not null && !(Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme == "https"))
        {
            throw new RuleBrokenException("link-unreadable", "链接应以 https:// 开头。", "Input.Link");
        }

        return (place, link);
    }

    private async Task<IReadOnlyList<AgendaItem>> AgendaAsync(MeetingInput input, MeetingKind kind, IReadOnlyList<Guid> cases, CancellationToken ct)
    {
        foreach (var id in cases)
        {
            if (input.Minutes.GetValueOrDefault(id) is < 1 or > PanelMeeting.MostMinutes)
            {
                throw new RuleBrokenException("minutes", $"每个项目为 1 至 {PanelMeeting.MostMinutes} 分钟。", $"Input.Minutes[{id}]");
            }

            if (input.Order.GetValueOrDefault(id) is < 1 or > 999)
            {
                throw new RuleBrokenException("order", "顺序为 1 至 999；不列入的留空。", $"Input.Order[{id}]");
            }
        }

        if (cases.Where(id => input.Order.GetValueOrDefault(id) is not null).GroupBy(id => input.Order[id]).FirstOrDefault(g => g.Count() > 1) is { } same)
        {
            throw new RuleBrokenException("order-twice", $"有 {same.Count()} 个项目的顺序都是 {same.Key}，请分出先后。", $"Input.Order[{same.Last()}]");
        }

        List<AgendaItem> agenda = [];
        foreach (var file in (await FilesAsync(cases, ct)).Where(f => input.Order.GetValueOrDefault(f.Id) is not null).OrderBy(f => input.Order[f.Id]))
        {
            agenda.Add(new AgendaItem(file.Id, file.Number, file.Name, input.Minutes.GetValueOrDefault(file.Id) ?? DefaultMinutes, kind == MeetingKind.SiteVisit ? await PointsAsync(file.Id, ct) : []));
        }

        return agenda.Count > 0 ? agenda : throw new RuleBrokenException("agenda-empty", "至少要有一个项目填写顺序。", $"Input.Order[{cases[0]}]");
    }

    /// <summary>The sheet as the file stands now: who goes there takes it along.</summary>
    private async Task<IReadOnlyList<SitePoint>> PointsAsync(Guid caseId, CancellationToken ct)
    {
        var application = await db.Applications.AsNoTracking().SingleAsync(a => a.Id == caseId, ct);
        var filed = await db.Filings.AsNoTracking().Where(f => f.CaseId == caseId && f.Round == application.FilingRound).Select(f => f.Answers).SingleAsync(ct);
        var form = await forms.ExecuteAsync(application, ct, Answers.Parse(filed));
        return SiteCheckSheet.Of(form.Eligibility, AutoScorer.Score(definitions.Rubric(form.Batch.RubricId), form.Check, form.Scope).Values);
    }

    /// <summary>Nobody sits in two sessions at once, no file is taken twice at one time, no room either.</summary>
    private async Task RequireFreeAsync(MeetingPlan plan, PanelSitting sitting, Guid? self, Actor reader, CancellationToken ct)
    {
        var (from, to) = (plan.StartsAt.AddDays(-2), plan.EndsAt);
        var others = await db.Meetings.AsNoTracking().Where(m => m.State == MeetingState.Called && m.Id != self && m.StartsAt >= from && m.StartsAt < to).ToListAsync(ct);
        foreach (var other in others.Where(o => o.Plan.Overlaps(plan)))
        {
            var sits = sitting.Members.Where(p => other.Find(p.ExpertId) is not null).ToList();
            if (sits.Count > 0)
            {
                var isSealed = (await sources.OfAsync(sitting.Sources, reader, ct)).Count > 0;
                var who = isSealed ? $"本组有 {sits.Count} 名专家" : string.Join("、", sits.Select(s => s.Name));
                throw new RuleBrokenException("meeting-overlaps", $"{who}同一时间参加会议 {other.Number}（{ChinaTime.FormatDeadline(other.StartsAt)} 起），请换一个时间。", "Input.Time");
            }

            if (plan.Agenda.Any(a => other.Agenda.Any(o => o.CaseId == a.CaseId)))
            {
                throw new RuleBrokenException("meeting-overlaps", $"有项目同一时间列入会议 {other.Number}，请换一个时间。", "Input.Time");
            }

            if (plan.Place.Length > 0 && plan.Place == other.Place)
            {
                throw new RuleBrokenException("place-taken", $"“{plan.Place}”同一时间已有会议 {other.Number}（{ChinaTime.FormatDeadline(other.StartsAt)} 起），请换地点或时间。", "Input.Place");
            }
        }
    }
}
