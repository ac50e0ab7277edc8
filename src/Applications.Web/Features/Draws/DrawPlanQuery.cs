using Applications.Data.Calendars;
using Applications.Data.Draws;
using Applications.Data.Workflow;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Draws;

namespace Applications.Web.Features.Draws;

/// <summary>An order turned into what the draw works on.</summary>
public sealed record DrawPlan(DrawOrder Order, IReadOnlyList<DrawFile> Files, IReadOnlyList<DrawGroup> Groups, DrawRequest Request, IReadOnlyList<DrawCandidate> Pool);

/// <summary>Makes the order that suits most rounds, and turns an order into request and pool.</summary>
public sealed class DrawPlanQuery(DrawPool pool, DefinitionCatalog definitions, CalendarSource calendars, TimeProvider clock)
{
    private const int SmallestPanel = 3;

    /// <summary>Stands where the approver's name will.</summary>
    private const string NotYetApproved = "待批准";

    /// <summary>Criteria with one of these words ask for somebody who can read accounts.</summary>
    private static readonly string[] FinanceWords = ["财务", "资金", "经费", "经济效益", "营业收入", "资产"];

    /// <param name="size">Members of a panel.</param>
    /// <param name="most">Files of a panel at the most.</param>
    public async Task<DrawPlan> DefaultAsync(DrawTarget target, int size, int most, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        var session = SessionDays.Proposed(await calendars.GetAsync(ct), ChinaTime.Today(clock));
        var files = await pool.FilesAsync(target.Waiting, ct);
        var groups = DrawGrouping.Of(files, most).Select((g, i) => (Group: new DrawGroup($"{i + 1}", $"第{i + 1}组", [.. g.Select(f => f.CaseId)]), Files: g)).ToList();
        var candidates = await pool.TakeAsync([.. groups.Select(g => g.Group)], [], session, ct);
        var finance = candidates.Any(c => c.IsFinance) && ScoresFinance(target) ? 1 : 0;
        var order = new DrawOrder
        {
            SessionOn = session,
            Panels =
            [
                .. groups.Select(g => (g.Group, Panel: DrawGrouping.PanelOf(g.Group.Key, g.Group.Title, g.Files, size, finance, candidates))).Select(g => new PanelOrder
                {
                    Key = g.Group.Key,
                    Title = g.Group.Title,
                    Size = size,
                    Specialities = g.Panel.Specialities,
                    Finance = finance,
                    Cases = g.Group.Cases,
                }),
            ],
        };
        return Plan(target.Batch, target.Round, order, files, candidates, "—");
    }

    /// <exception cref="RuleBrokenException"><c>draw-no-panel</c>, <c>panel-size</c>, <c>panel-empty</c>, <c>case-not-placed</c>, <c>session-required</c>, <c>session-past</c>.</exception>
    public async Task<DrawPlan> OfAsync(DrawTarget target, DrawOrder order, string number, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(order);
        Require(target, order);
        var files = await pool.FilesAsync(target.Waiting, ct);
        var candidates = await pool.TakeAsync(GroupsOf(order), order.Categories, order.SessionOn, ct);
        return Plan(target.Batch, target.Round, order, files, candidates, number);
    }

    private void Require(DrawTarget target, DrawOrder order)
    {
        SessionDays.Require(order.SessionOn, ChinaTime.Today(clock));
        if (order.Panels.Count == 0)
        {
            throw new RuleBrokenException("draw-no-panel", "至少要有一个评审组。", "Panels");
        }

        if (order.Panels.FirstOrDefault(p => p.Size < SmallestPanel || p.Size % 2 == 0) is { } odd)
        {
            throw new RuleBrokenException("panel-size", $"“{odd.Title}”的专家人数应为不少于 {SmallestPanel} 的单数。", "Seats");
        }

        if (order.Panels.FirstOrDefault(p => p.Cases.Count == 0) is { } empty)
        {
            throw new RuleBrokenException("panel-empty", $"“{empty.Title}”没有项目，请移入项目或减少组数。", "Panels");
        }

        var placed = order.Panels.SelectMany(p => p.Cases).ToList();
        if (placed.Count != placed.Distinct().Count() || !placed.ToHashSet().SetEquals(target.Waiting.Select(w => w.Id)))
        {
            throw new RuleBrokenException("case-not-placed", "等待评审的每个项目都须分入一个评审组，且只能分入一组；项目可能有变化，请重新分组。", "Panels");
        }
    }

    private static IReadOnlyList<DrawGroup> GroupsOf(DrawOrder order) => [.. order.Panels.Select(p => new DrawGroup(p.Key, p.Title, p.Cases))];

    private DrawPlan Plan(Batch batch, string round, DrawOrder order, IReadOnlyList<DrawFile> files, IReadOnlyList<DrawCandidate> candidates, string number)
    {
        var byId = files.ToDictionary(f => f.CaseId);
        var rubric = definitions.Rubric(batch.RubricId);
        var request = new DrawRequest
        {
            Number = number,
            Title = $"{batch.Name}{(rubric.Rounds.Count == 0 ? string.Empty : rubric.TitleOf(round))}（专家范围：{(order.Categories.Count == 0 ? "全部类别" : string.Join('、', order.Categories))}）",
            Rules = order.Rules,
            Panels =
            [
                .. order.Panels.Select(p => new PanelRequest
                {
                    Key = p.Key,
                    Title = p.Title,
                    Size = p.Size,
                    Specialities = p.Specialities,
                    Finance = p.Finance,
                    Cities = [.. p.Cases.Select(c => byId[c].CityCode).Distinct().Order(StringComparer.Ordinal)],
                    Enterprises = [.. p.Cases.Select(c => byId[c].Uscc).Distinct().Order(StringComparer.Ordinal)],
                    Appointed = [.. p.Appointed.Select(a => a with { ApprovedBy = NotYetApproved })],
                }),
            ],
        };
        return new DrawPlan(order, files, GroupsOf(order), request, candidates);
    }

    private bool ScoresFinance(DrawTarget target) =>
        definitions.Rubric(target.Batch.RubricId).ForRound(target.Round).Groups.Any(g => FinanceWords.Any(w => g.Title.Contains(w, StringComparison.Ordinal) || g.Criteria.Any(c => c.Title.Contains(w, StringComparison.Ordinal))));
}
