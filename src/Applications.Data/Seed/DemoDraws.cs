using Applications.Data.Draws;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Experts;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Draws;

namespace Applications.Data.Seed;

/// <summary>Draws of the demonstration batches: really asked for, committed to and drawn, so that their records can be checked.</summary>
/// <param name="posts">The department's accounts, by log-in name.</param>
internal sealed class DemoDraws(ApplicationsDbContext db, DemoFlow flow, DrawPool pool, NumberAllocator numbers, IReadOnlyDictionary<string, Guid> posts)
{
    private const int Size = 5;

    private Actor Officer => DemoFlow.Officer with { UserId = posts["jingban"] };

    private Actor Head => DemoFlow.Head with { UserId = posts["chuzhang"] };

    /// <param name="appointed">Sits by appointment; null for a panel that is drawn whole.</param>
    /// <returns>The seats; nothing is saved.</returns>
    public async Task<List<Review>> DrawAsync(Batch batch, List<Application> cases, string round, Expert? appointed, CancellationToken ct)
    {
        var draw = await RequestAsync(batch, cases, round, appointed, ct);
        var snapshot = await pool.TakeAsync(draw.Groups, draw.Categories, draw.SessionOn, ct);
        var request = draw.Request with { Panels = [.. draw.Request.Panels.Select(p => p with { Appointed = [.. p.Appointed.Select(a => a with { ApprovedBy = Head.Name })] })] };
        var seed = ExpertDraw.NewSeed();
        flow.Clock.Now = flow.Clock.Now.AddMinutes(50);
        draw.Commit(Head, request, string.Empty, DrawCommitment.Of(request, snapshot, seed), string.Empty, flow.Clock.Now);
        flow.Host.Note(FlowSubjects.Of(batch), batch.Stage, Head, "CommitDraw", "抽取承诺", $"抽取 {draw.Number}：专家库快照 {snapshot.Count} 人，条件、快照和种子已锁定；承诺摘要 {draw.Commitment!.Digest}");
        flow.Clock.Now = flow.Clock.Now.AddMinutes(20);
        var record = ExpertDraw.Run(request, snapshot, seed, "窗外二十三度", flow.Clock.Now);
        draw.Complete(Head, record, flow.Clock.Now);
        flow.Host.Note(
            FlowSubjects.Of(batch), batch.Stage, Head, "RevealDraw", "抽取专家",
            $"抽取 {draw.Number}：{record.Panels.Count} 个评审组 {draw.Seats} 席，备选 {record.Panels.Sum(p => p.Reserves.Count)} 人；承诺摘要 {record.Commitment.Digest}；种子 {seed}；记录封签 {record.Seal}");
        return [.. DrawSeats.Of(draw, record, cases.Select(c => c.Id).ToHashSet(), flow.Clock.Now)];
    }

    /// <summary>The officer asks.</summary>
    public async Task<PanelDraw> RequestAsync(Batch batch, List<Application> cases, string round, Expert? appointed, CancellationToken ct)
    {
        var year = ChinaTime.DateOf(flow.Clock.Now).Year;
        var files = await pool.FilesAsync(cases, ct);
        var group = new DrawGroup("1", "第1组", [.. cases.Select(c => c.Id)]);
        var session = ChinaTime.DateOf(flow.Clock.Now);
        var snapshot = await pool.TakeAsync([group], [], session, ct);
        var panel = DrawGrouping.PanelOf(group.Key, group.Title, files, Size, 1, snapshot) with
        {
            Appointed = appointed is null ? [] : [new Appointment(DrawPool.IdOf(appointed.Id), "参加过前三批评审，负责与往年的评审尺度衔接", "待批准")],
        };
        var number = $"CQ-{year}-{await numbers.NextAsync($"draw-{year}", ct):0000}";
        var draw = new PanelDraw
        {
            Id = Guid.CreateVersion7(),
            BatchId = batch.Id,
            Round = round,
            Purpose = DrawPurpose.Panels,
            Number = number,
            Title = $"{batch.Name}（专家范围：全部类别）",
            SessionOn = session,
            Categories = [],
            Groups = [group],
            Request = new DrawRequest { Number = number, Title = $"{batch.Name}（专家范围：全部类别）", Rules = new DrawRules(), Panels = [panel] },
            RequestedBy = Officer.UserId!.Value,
            RequestedByName = Officer.Name,
            RequestedAt = flow.Clock.Now,
            Version = Guid.NewGuid(),
        };
        db.Draws.Add(draw);
        flow.Host.Note(FlowSubjects.Of(batch), batch.Stage, Officer, "RequestDraw", "申请抽取专家", $"抽取 {number}：1 个评审组 {Size} 席，{cases.Count} 个项目");
        await db.SaveChangesAsync(ct);
        return draw;
    }
}
