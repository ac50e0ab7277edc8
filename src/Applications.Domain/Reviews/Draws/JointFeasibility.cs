using Applications.Domain.Identifiers;
using Google.OrTools.Sat;

namespace Applications.Domain.Reviews.Draws;

/// <summary>
/// Whether panels that are each possible go together. Where one kind of expert is short by itself, a flow tells so at once; else an integer programme: every
/// expert on one panel at most, needs may be missed at a price. The cheapest misses are the cheapest way out; that none cost nothing is the proof that there is none.
/// </summary>
internal static class JointFeasibility
{
    private const double Seconds = 8;

    public static (DrawOutlook Outlook, IReadOnlyList<DrawClash> Clashes, DrawRelaxation? Relaxation) Of(DrawRequest request, IReadOnlyList<DrawCandidate> pool)
    {
        var elsewhere = request.Panels.SelectMany(p => p.Appointed.Select(a => a.ExpertId).Concat(p.Seated ?? [])).ToHashSet(StringComparer.Ordinal);
        var models = request.Panels.Select(p => PanelModel.Of(p, request.Rules, pool, elsewhere)).ToList();
        var shortages = NeedShortage.Of(models);
        if (shortages.Count == 0)
        {
            return ByProgramme(request, models, elsewhere.Count);
        }

        IReadOnlyList<DrawClash> clashes = [.. shortages.Select(s => new DrawClash(string.Empty, [TextOf(s)]))];
        var relaxation = Eased(request, [.. shortages.SelectMany(s => s.Panels).Where(p => p.Missing > 0).Select(p => (p.Model.Panel, p.Need, p.Missing))]);

        // No change can cost less, for what is short is short by itself; it may not be enough where the kinds compete.
        return (DrawOutlook.Infeasible, clashes, DrawAdvisor.Goes(relaxation.Request!, pool) ? relaxation : ByProgramme(request, models, elsewhere.Count).Relaxation);
    }

    private static (DrawOutlook Outlook, IReadOnlyList<DrawClash> Clashes, DrawRelaxation? Relaxation) ByProgramme(DrawRequest request, List<PanelModel> models, int appointed)
    {
        var programme = new CpModel();
        var uses = new Dictionary<string, List<BoolVar>>(StringComparer.Ordinal);
        List<(PanelRequest Panel, Need Need, IntVar Missing)> misses = [];
        foreach (var model in models)
        {
            AddPanel(programme, model, uses, misses);
        }

        foreach (var used in uses.Values.Where(u => u.Count > 1))
        {
            programme.AddAtMostOne(used);
        }

        programme.Minimize(LinearExpr.Sum(misses.Select(m => m.Missing * Weight(m.Need.Constraint))));
        var solver = new CpSolver { StringParameters = FormattableString.Invariant($"num_workers:1 random_seed:1 max_time_in_seconds:{Seconds}") };
        var status = solver.Solve(programme);
        var together = $"各评审组合计需要 {request.Panels.Sum(p => p.Size)} 人，可选专家 {uses.Count + appointed} 人，每人只参加一组";
        if (status is CpSolverStatus.Infeasible)
        {
            return (DrawOutlook.Infeasible, [new DrawClash(string.Empty, [together, $"同一单位至多 {request.Rules.PerEmployer} 人"])], null);
        }

        var missed = status is CpSolverStatus.Optimal or CpSolverStatus.Feasible ? misses.Where(m => solver.Value(m.Missing) > 0).ToList() : [];
        if (status is not CpSolverStatus.Optimal || missed.Count == 0)
        {
            return (DrawOutlook.Tight, [], null);
        }

        var relaxation = Eased(request, [.. missed.Select(m => (m.Panel, m.Need, (int)solver.Value(m.Missing)))]);
        return (DrawOutlook.Infeasible, [new DrawClash(string.Empty, [together, .. missed.Select(m => $"“{m.Panel.Title}”{m.Need.Name}")])], relaxation);
    }

    private static string TextOf(NeedShortage shortage)
    {
        var kind = shortage.Panels[0].Need switch
        {
            { Constraint: DrawConstraint.Finance } => "财务专家",
            { Constraint: DrawConstraint.Speciality, Code: var code } => $"专业 {IndustryCodes.Labelled(code!)} 的专家",
            _ => "申报单位所在市以外的专家",
        };
        return $"{shortage.Panels.Count} 个评审组合计需要{kind} {shortage.Asked} 人，能担任的只有 {shortage.Available} 人";
    }

    private static DrawRelaxation Eased(DrawRequest request, IReadOnlyList<(PanelRequest Panel, Need Need, int Missing)> missed) => new(
        string.Empty,
        string.Join("；", missed.Select(m => $"“{m.Panel.Title}”{m.Need.Name}，须减少 {m.Missing} 人")),
        missed.Sum(m => m.Missing * Weight(m.Need.Constraint)),
        missed.Aggregate(request, (eased, m) => Ease(eased, m.Panel.Key, m.Need, m.Need.Required - m.Missing)));

    private static void AddPanel(CpModel programme, PanelModel model, Dictionary<string, List<BoolVar>> uses, List<(PanelRequest Panel, Need Need, IntVar Missing)> misses)
    {
        var seats = model.Candidates.Select(c => programme.NewBoolVar(string.Empty)).ToList();
        for (var i = 0; i < seats.Count; i++)
        {
            if (!uses.TryGetValue(model.Candidates[i].Id, out var used))
            {
                uses[model.Candidates[i].Id] = used = [];
            }

            used.Add(seats[i]);
        }

        programme.Add(LinearExpr.Sum(seats) == model.Seats);
        foreach (var employer in model.Candidates.Zip(seats).GroupBy(c => model.EmployerOf(c.First), c => c.Second, StringComparer.Ordinal))
        {
            var sitting = model.Appointed.Count(a => model.EmployerOf(a) == employer.Key);
            programme.Add(LinearExpr.Sum(employer) <= model.Rules.PerEmployer - sitting);
        }

        foreach (var need in model.Needs)
        {
            var left = need.Required - model.Appointed.Count(need.Counts);
            if (left > 0)
            {
                var missing = programme.NewIntVar(0, left, string.Empty);
                misses.Add((model.Panel, need, missing));
                programme.Add(LinearExpr.Sum(model.Candidates.Zip(seats).Where(c => need.Counts(c.First)).Select(c => c.Second)) + missing >= left);
            }
        }
    }

    private static int Weight(DrawConstraint constraint) => 1 + (int)constraint;

    private static DrawRequest Ease(DrawRequest request, string key, Need need, int to) => need.Constraint switch
    {
        DrawConstraint.Finance => Change(request, key, p => p with { Finance = to }),
        DrawConstraint.Speciality => Change(request, key, p => p with { Specialities = [.. p.Specialities.Select(s => s.Code == need.Code ? s with { AtLeast = to } : s)] }),
        _ => EaseOutside(request, key, to),
    };

    /// <summary>The share from outside is one rule for all panels: it falls to what this panel can have, never below what another change asked for.</summary>
    private static DrawRequest EaseOutside(DrawRequest request, string key, int to)
    {
        var size = request.Panels.Single(p => p.Key == key).Size;
        var oneIn = to == 0 || request.Rules.OutsideOneIn == 0 ? 0 : Math.Max(request.Rules.OutsideOneIn, (size + to - 1) / to);
        return request with { Rules = request.Rules with { OutsideOneIn = oneIn } };
    }

    private static DrawRequest Change(DrawRequest request, string key, Func<PanelRequest, PanelRequest> change) =>
        request with { Panels = [.. request.Panels.Select(p => p.Key == key ? change(p) : p)] };
}
