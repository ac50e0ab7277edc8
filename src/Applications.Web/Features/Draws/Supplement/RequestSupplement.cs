using System.Globalization;
using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Draws;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Common;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Workflow;
using Applications.Web.Features.Draws.Request;
using Applications.Web.Features.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Draws.Supplement;

public sealed record RequestSupplement(Guid BatchId, DateOnly? SessionOn, Guid IdempotencyKey);

/// <summary>
/// Asks for a draw of the seats that stand empty and for which no reserve is left: of experts who were silent past their time, or stepped down. Those who sit stay, and count for every rule. Files that lack the same
/// seats beside the same experts are one panel.
/// </summary>
public sealed class RequestSupplementHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, DefinitionCatalog definitions, DrawPool pool, NumberAllocator numbers)
{
    /// <exception cref="RuleBrokenException"><c>session-required</c>, <c>session-past</c>, <c>draw-open</c>, <c>nothing-to-draw</c>, <c>draw-infeasible</c>.</exception>
    public async Task<RequestedDraw> HandleAsync(RequestSupplement request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var year = ChinaTime.DateOf(host.Now).Year;
        var number = $"CQ-{year}-{await numbers.NextAsync($"draw-{year}", ct):0000}";
        return await pipeline.RunAsync(actor, request.IdempotencyKey, "request-supplement", ("batch", request.BatchId), c => RequestAsync(request, number, actor, c), ct, number);
    }

    private async Task<RequestedDraw> RequestAsync(RequestSupplement request, string number, Actor actor, CancellationToken ct)
    {
        var batch = (actor.Is(Roles.Officer) ? await db.Batches.SingleOrDefaultAsync(b => b.Id == request.BatchId, ct) : null) ?? throw new NotFoundException();
        var today = ChinaTime.DateOf(host.Now);
        var session = request.SessionOn.GetValueOrDefault();
        SessionDays.Require(session, today);
        if (await db.Draws.AsNoTracking().Where(d => d.BatchId == batch.Id && d.Purpose == DrawPurpose.Supplement && (d.State == DrawState.Requested || d.State == DrawState.Committed)).Select(d => d.Number).FirstOrDefaultAsync(ct) is { } open)
        {
            throw new RuleBrokenException("draw-open", $"本批次已有补充抽取 {open} 在办，请先办结或撤回。");
        }

        var empty = await EmptyAsync(batch, ct);
        if (empty.Count == 0)
        {
            throw new RuleBrokenException("nothing-to-draw", "没有需要补充抽取的席位：没有空缺，或仍有备选专家可以替换。");
        }

        // One round at a time: rounds of review do not overlap within a batch's flow.
        var round = empty[0].Round;
        var seats = empty.Where(e => e.Round == round).GroupBy(e => (e.Base?.Id, e.Panel, Staying: string.Join(',', e.Staying), e.Missing)).Select((g, i) => (Key: (i + 1).ToString(CultureInfo.InvariantCulture), Empty: g.ToList())).ToList();
        var origin = seats[0].Empty[0].Base;
        var title = $"{batch.Name}补充抽取（专家范围：{(origin is null or { Categories.Count: 0 } ? "全部类别" : string.Join('、', origin.Categories))}）";
        var files = (await pool.FilesAsync([.. seats.SelectMany(s => s.Empty).Select(e => e.Case)], ct)).ToDictionary(f => f.CaseId);
        var draw = new PanelDraw
        {
            Id = Guid.CreateVersion7(),
            BatchId = batch.Id,
            Round = round,
            Purpose = DrawPurpose.Supplement,
            Number = number,
            Title = title,
            SessionOn = session,
            Categories = origin?.Categories ?? [],
            Groups = [.. seats.Select(s => new DrawGroup(s.Key, TitleOf(s.Empty), [.. s.Empty.Select(e => e.Case.Id)]))],
            Request = new DrawRequest
            {
                Number = number,
                Title = title,
                Rules = origin?.Request.Rules ?? new DrawRules(),
                Panels = [.. seats.Select(s => PanelOf(s.Key, s.Empty, files))],
            },
            RequestedBy = actor.UserId ?? throw new NotFoundException(),
            RequestedByName = actor.Name,
            RequestedAt = host.Now,
            Version = Guid.NewGuid(),
        };
        RequestDrawHandler.RequireFeasible(DrawAdvisor.Advise(draw.Request, await pool.ForAsync(draw, ct)));
        db.Draws.Add(draw);
        db.AskApproval(draw, host.Now);
        host.Note(FlowSubjects.Of(batch), batch.Stage, actor, "RequestDraw", "申请补充抽取专家", $"补充抽取 {number}：{seats.Sum(s => s.Empty[0].Missing)} 席，{seats.Sum(s => s.Empty.Count)} 个项目");
        return new RequestedDraw(draw.Id, number);
    }

    /// <param name="Base">The draw that gave the panel; null where files were given one by one.</param>
    /// <param name="Staying">Experts who sit and stay, in order.</param>
    private sealed record EmptySeats(Application Case, string Round, PanelDraw? Base, string? Panel, IReadOnlyList<string> Staying, int Missing);

    private async Task<List<EmptySeats>> EmptyAsync(Batch batch, CancellationToken ct)
    {
        var cases = await db.Applications.Where(a => a.BatchId == batch.Id && a.Result == null && a.SuspendedAt == null && db.Reviews.Any(r => r.CaseId == a.Id)).OrderBy(a => a.Number).ToListAsync(ct);
        var ids = cases.ConvertAll(c => c.Id);
        var reviews = (await db.Reviews.Where(r => ids.Contains(r.CaseId)).ToListAsync(ct)).ToLookup(r => r.CaseId);
        var late = (await db.WorkItems.AsNoTracking().Where(w => w.BatchId == batch.Id && w.Task == Tasks.Score && w.ClosedAt == null && w.DueAt < host.Now && w.Participant != null).Select(w => new { w.CaseId, w.Participant }).ToListAsync(ct))
            .Select(w => (w.CaseId!.Value, w.Participant!)).ToHashSet();
        var draws = await db.Draws.AsNoTracking().Where(d => d.BatchId == batch.Id && d.Record != null).ToDictionaryAsync(d => d.Id, ct);
        var perFile = await db.Assignments.AsNoTracking().Where(a => a.BatchId == batch.Id).Select(a => new { a.Id, a.Order }).ToDictionaryAsync(a => a.Id, a => a.Order.PerFile, ct);
        bool IsSilent(Review review) => review.State is not (ReviewState.Locked or ReviewState.Declined) && late.Contains((review.CaseId, DrawPool.IdOf(review.ExpertId)));
        var reserves = await BatchReserves.ReadAsync(db, [.. reviews.SelectMany(r => r).Where(IsSilent)], ChinaTime.DateOf(host.Now), ct);
        List<EmptySeats> empty = [];
        foreach (var one in cases)
        {
            foreach (var round in reviews[one.Id].Where(r => r.SourceId is not null).GroupBy(r => r.Round).Where(g => PanelSeats.TokenOf(one, g.Key, definitions) is not null))
            {
                var first = round.OrderBy(r => r.AssignedAt).ThenBy(r => r.Id).First();
                var origin = first.DrawId is { } id ? draws.GetValueOrDefault(id) : null;
                var wanted = origin?.Request.Panels.Single(p => p.Key == first.Panel).Size ?? perFile.GetValueOrDefault(first.AssignmentId ?? Guid.Empty);
                List<string> staying =
                [
                    .. round.Where(r => r.State != ReviewState.Declined && (!IsSilent(r) || reserves.Has(one, r, reviews[one.Id]))).Select(r => DrawPool.IdOf(r.ExpertId)),
                ];
                if (wanted > staying.Count)
                {
                    empty.Add(new EmptySeats(one, round.Key, origin, first.Panel, [.. staying.Order(StringComparer.Ordinal)], wanted - staying.Count));
                }
            }
        }

        return empty;
    }

    private static string TitleOf(List<EmptySeats> empty) =>
        empty[0].Base?.Groups.FirstOrDefault(g => g.Key == empty[0].Panel) is { } group ? $"{group.Title}（补 {empty[0].Missing} 席）" : $"{empty[0].Case.EnterpriseName}（补 {empty[0].Missing} 席）";

    private static PanelRequest PanelOf(string key, List<EmptySeats> empty, Dictionary<Guid, DrawFile> files)
    {
        var origin = empty[0].Base?.Request.Panels.Single(p => p.Key == empty[0].Panel);
        return new PanelRequest
        {
            Key = key,
            Title = TitleOf(empty),
            Size = empty[0].Staying.Count + empty[0].Missing,
            Specialities = origin?.Specialities ?? [],
            Finance = origin?.Finance ?? 0,
            Cities = [.. empty.Select(e => files[e.Case.Id].CityCode).Distinct().Order(StringComparer.Ordinal)],
            Enterprises = [.. empty.Select(e => files[e.Case.Id].Uscc).Distinct().Order(StringComparer.Ordinal)],
            Seated = empty[0].Staying,
        };
    }
}
