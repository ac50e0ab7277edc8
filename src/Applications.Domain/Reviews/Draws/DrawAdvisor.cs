using System.Globalization;
using Applications.Domain.Common;

namespace Applications.Domain.Reviews.Draws;

/// <summary>Whether the panels of a request can be drawn.</summary>
public enum DrawOutlook
{
    /// <summary>A trial draw went through.</summary>
    Feasible,

    /// <summary>Proven: no choice of experts keeps every rule.</summary>
    Infeasible,

    /// <summary>A choice may exist, but neither the trial nor the proof came to an end: the rules are at their limit.</summary>
    Tight,
}

/// <summary>What a panel can be drawn from.</summary>
/// <param name="Choices">Panels that keep every rule, were this the only panel.</param>
/// <param name="Hindered">Experts left out, by reason.</param>
/// <param name="Supply">For each need: how many of the eligible can meet it.</param>
public sealed record PanelOutlook(
    string Key, string Title, int Eligible, string Choices, IReadOnlyDictionary<Hindrance, int> Hindered, IReadOnlyList<(string Need, int Required, int Available)> Supply);

/// <summary>Constraints that cannot hold together, none of which could be left out of the list.</summary>
/// <param name="Panel">Empty when it is the panels together that ask for too much.</param>
public sealed record DrawClash(string Panel, IReadOnlyList<string> Constraints);

/// <summary>One change that alone makes the draw possible.</summary>
/// <param name="Cost">Smaller is cheaper: the order of <see cref="DrawConstraint"/> first, then how far the rule is eased.</param>
/// <param name="Request">The request with this change; null where experts are to be added to the pool.</param>
public sealed record DrawRelaxation(string Panel, string Text, int Cost, DrawRequest? Request);

/// <summary>The answer to "what if": can it be drawn, from whom, and if not, why not and what would help most cheaply.</summary>
public sealed record DrawAdvice(DrawOutlook Outlook, IReadOnlyList<PanelOutlook> Panels, IReadOnlyList<DrawClash> Clashes, IReadOnlyList<DrawRelaxation> Relaxations);

/// <summary>
/// Looks at a request before anything is committed. Of each panel it counts the choices exactly, so an impossible panel is known for certain; that the panels
/// do not go together is proven by an integer programme.
/// </summary>
public static class DrawAdvisor
{
    private static readonly HashSet<string> Nobody = [];

    /// <exception cref="RuleBrokenException">The request is not sound.</exception>
    public static DrawAdvice Advise(DrawRequest request, IReadOnlyList<DrawCandidate> pool)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(pool);
        var sorted = DrawHash.Sorted(pool);
        DrawRequestRules.Require(request, sorted);
        var outlooks = request.Panels.Select(p => Outlook(p, request.Rules, sorted)).ToList();
        var impossible = request.Panels.Where((_, i) => outlooks[i].Choices == "0").ToList();
        if (impossible.Count > 0)
        {
            return new DrawAdvice(
                DrawOutlook.Infeasible,
                outlooks,
                [.. impossible.SelectMany(p => PanelConflict.Of(p, request.Rules, sorted).Select(c => new DrawClash(p.Key, c)))],
                [.. impossible.SelectMany(p => PanelRelaxations.Of(request, p, sorted)).OrderBy(r => r.Cost).ThenBy(r => r.Panel, StringComparer.Ordinal)]);
        }

        if (Goes(request, sorted))
        {
            return new DrawAdvice(DrawOutlook.Feasible, outlooks, [], []);
        }

        var (outlook, clashes, relaxation) = JointFeasibility.Of(request, sorted);
        return new DrawAdvice(outlook, outlooks, clashes, relaxation is null ? [] : [relaxation]);
    }

    /// <summary>Whether an eased panel can be drawn; null when it is too large to be counted, and so to be drawn.</summary>
    internal static bool? IsPossibleEased(PanelRequest panel, DrawRules rules, IReadOnlyList<DrawCandidate> pool)
    {
        try
        {
            return IsPossible(panel, rules, pool);
        }
        catch (RuleBrokenException e) when (e.Code == "draw-too-large")
        {
            return null;
        }
    }

    internal static bool IsPossible(PanelRequest panel, DrawRules rules, IReadOnlyList<DrawCandidate> pool) => new PanelCounter(PanelModel.Of(panel, rules, pool, Nobody)).Total > 0;

    /// <summary>A trial with a seed of its own: it tells nothing about the real one.</summary>
    internal static bool Goes(DrawRequest request, IReadOnlyList<DrawCandidate> pool)
    {
        try
        {
            _ = ExpertDraw.Run(request, pool, "trial", string.Empty, default);
            return true;
        }
        catch (RuleBrokenException e) when (e.Code == "draw-infeasible")
        {
            return false;
        }
    }

    private static PanelOutlook Outlook(PanelRequest panel, DrawRules rules, IReadOnlyList<DrawCandidate> pool)
    {
        var model = PanelModel.Of(panel, rules, pool, Nobody);
        List<DrawCandidate> eligible = [.. model.Appointed, .. model.Candidates];
        return new PanelOutlook(
            panel.Key,
            panel.Title,
            eligible.Count,
            new PanelCounter(model).Total.ToString(CultureInfo.InvariantCulture),
            pool.Select(c => PanelModel.HindranceOf(c, panel, rules)).OfType<Hindrance>().GroupBy(h => h).ToDictionary(g => g.Key, g => g.Count()),
            [.. model.Needs.Select(n => (n.Name, n.Required, eligible.Count(n.Counts)))]);
    }
}
