using System.Globalization;
using System.Security.Cryptography;
using Applications.Domain.Common;

namespace Applications.Domain.Reviews.Draws;

/// <summary>
/// Draws the panels of a request from a pool: each uniformly among all that keep every rule, from seed and snapshot alone, the same on any machine.
/// DRAW.md beside this file says how and proves it. The order of acts: <see cref="DrawCommitment.Of"/> is published, then <see cref="Run"/>, which reveals
/// the seed; a refusal is <see cref="Substitute"/>, from the reserves that the same draw gave.
/// </summary>
public static class ExpertDraw
{
    /// <summary>How often all panels are begun anew before the draw is given up.</summary>
    public const int Attempts = 20;

    /// <summary>A fresh seed from the machine's own randomness: 32 bytes in hex.</summary>
    public static string NewSeed() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <param name="pool">In any order.</param>
    /// <param name="witness">Said by a witness after the commitment was published; may be empty.</param>
    /// <param name="at">UTC; part of the record, not of the chance.</param>
    /// <exception cref="RuleBrokenException">The request is not sound, or <c>draw-infeasible</c>: <see cref="DrawAdvisor"/> says why.</exception>
    public static DrawRecord Run(DrawRequest request, IReadOnlyList<DrawCandidate> pool, string seed, string witness, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(pool);
        var sorted = DrawHash.Sorted(pool);
        DrawRequestRules.Require(request, sorted);
        var commitment = DrawCommitment.Of(request, sorted, seed);
        var stream = new DrawStream(new DrawHash().Add("applications-draw-key/1").Add(commitment.Digest).Add(seed).Add(witness).ToBytes());
        var order = Order(request, sorted);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (TryDraw(request, order, sorted, stream) is { } drawn)
            {
                return DrawRecordJson.Seal(new DrawRecord
                {
                    Format = DrawRecord.CurrentFormat,
                    Request = request,
                    Pool = sorted,
                    Commitment = commitment,
                    Seed = seed,
                    Witness = witness,
                    DrawnAt = at,
                    Attempt = attempt,
                    Panels = Reserves(request, sorted, drawn, stream),
                });
            }
        }

        throw new RuleBrokenException("draw-infeasible", "现有专家不能同时满足各评审组的要求，请查看冲突的条件和可放宽的条件。");
    }

    /// <summary>
    /// Gives the seat of an expert who refuses, or in whom a conflict was found, to the first reserve who keeps every rule: those drawn for this seat
    /// first, then the others of the panel in their order.
    /// </summary>
    /// <param name="passed">Reserves known not to be able to come, with the reason.</param>
    /// <param name="file">The file he leaves; empty when he leaves the panel.</param>
    /// <exception cref="RuleBrokenException"><c>not-on-panel</c>.</exception>
    public static DrawRecord Substitute(DrawRecord record, string panelKey, string expertId, string reason, IReadOnlyList<PassedReserve> passed, DateTime at, string file = "")
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(passed);
        var panel = record.Panels.SingleOrDefault(p => p.Key == panelKey);
        var members = panel is null ? [] : record.MembersOf(panelKey, file);
        if (panel is null || members.All(m => m.Id != expertId))
        {
            throw new RuleBrokenException("not-on-panel", "该专家不在这个评审组中。", "ExpertId");
        }

        var earlier = record.ChangesOf(panelKey, file).ToList();
        var change = new Substitution(panelKey, file, SeatOf(panel, earlier, expertId), expertId, reason, null, passed, at);
        return Call(record, panel, earlier, members, Completes(record, panelKey, expertId, members), change);
    }

    /// <summary>Whom <see cref="Substitute"/> would call; null when nobody. Nothing is written.</summary>
    /// <param name="passed">Reserves who cannot come.</param>
    public static string? Next(DrawRecord record, string panelKey, string expertId, IReadOnlySet<string> passed, string file = "")
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(passed);
        var (panel, earlier, members) = (record.Panels.Single(p => p.Key == panelKey), record.ChangesOf(panelKey, file).ToList(), record.MembersOf(panelKey, file));
        return NextOf(record, panel, earlier, members, Completes(record, panelKey, expertId, members), SeatOf(panel, earlier, expertId), passed);
    }

    /// <summary>Adds a seat to a panel at work, for the first reserve in the order of the draw whose employer has room.</summary>
    /// <param name="file">The file that needs one more; empty for all of the panel's.</param>
    /// <exception cref="RuleBrokenException"><c>not-on-panel</c>.</exception>
    public static DrawRecord Add(DrawRecord record, string panelKey, string reason, IReadOnlyList<PassedReserve> passed, DateTime at, string file = "")
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(passed);
        var panel = record.Panels.SingleOrDefault(p => p.Key == panelKey) ?? throw new RuleBrokenException("not-on-panel", "没有这个评审组。");
        var earlier = record.ChangesOf(panelKey, file).ToList();
        var members = record.MembersOf(panelKey, file);
        var model = Model(record, panelKey, members.Count);
        var seat = Math.Max(panel.Seats.Count, earlier.Select(s => s.Seat).DefaultIfEmpty().Max()) + 1;
        return Call(
            record, panel, earlier, members, c => members.Count(m => model.EmployerOf(m) == model.EmployerOf(c)) < record.Request.Rules.PerEmployer,
            new Substitution(panelKey, file, seat, string.Empty, reason, null, passed, at));
    }

    private static DrawRecord Call(
        DrawRecord record, DrawnPanel panel, List<Substitution> earlier, IReadOnlyList<DrawCandidate> members, Func<DrawCandidate, bool> fits, Substitution change)
    {
        var next = NextOf(record, panel, earlier, members, fits, change.Seat, change.Passed.Select(p => p.ExpertId).ToHashSet(StringComparer.Ordinal));
        return DrawRecordJson.Seal(record with { Substitutions = [.. record.Substitutions, change with { In = next }] });
    }

    private static string? NextOf(
        DrawRecord record, DrawnPanel panel, List<Substitution> earlier, IReadOnlyList<DrawCandidate> members, Func<DrawCandidate, bool> fits, int seat, IReadOnlySet<string> passed)
    {
        var gone = earlier.SelectMany(s => s.Passed.Select(p => p.ExpertId).Append(s.Out)).Concat(members.Select(m => m.Id)).ToHashSet(StringComparer.Ordinal);
        return panel.Reserves.OrderBy(r => r.Seat == seat ? 0 : 1).ThenBy(r => r.Number)
            .FirstOrDefault(r => !gone.Contains(r.ExpertId) && !passed.Contains(r.ExpertId) && fits(record.Pool.Single(c => c.Id == r.ExpertId)))?.ExpertId;
    }

    private static int SeatOf(DrawnPanel panel, List<Substitution> earlier, string expertId) =>
        earlier.LastOrDefault(s => s.In == expertId)?.Seat ?? panel.Seats.Single(s => s.ExpertId == expertId).Number;

    private static Func<DrawCandidate, bool> Completes(DrawRecord record, string panelKey, string expertId, IReadOnlyList<DrawCandidate> members) =>
        Model(record, panelKey, members.Count).Completes([.. members.Where(m => m.Id != expertId)]);

    /// <summary>The panel's rules at the size it has now: seats may have been added, or left empty.</summary>
    private static PanelModel Model(DrawRecord record, string panelKey, int size) =>
        PanelModel.Of(record.Request.Panels.Single(p => p.Key == panelKey) with { Size = size, Seated = null }, record.Request.Rules, [], new HashSet<string>());

    /// <summary>Panels with the fewest choices come first, so that they find somebody.</summary>
    private static List<PanelRequest> Order(DrawRequest request, IReadOnlyList<DrawCandidate> pool) =>
        [.. request.Panels.Select(p => (Panel: p, Count(request, p, pool).Total)).OrderBy(p => p.Total).ThenBy(p => p.Panel.Key, StringComparer.Ordinal).Select(p => p.Panel)];

    private static PanelCounter Count(DrawRequest request, PanelRequest panel, IReadOnlyList<DrawCandidate> pool) => new(PanelModel.Of(panel, request.Rules, pool, AppointedOf(request)));

    private static HashSet<string> AppointedOf(DrawRequest request) => [.. request.Panels.SelectMany(p => p.Appointed.Select(a => a.ExpertId).Concat(p.Seated ?? []))];

    private static Dictionary<string, (string Choices, IReadOnlyList<DrawCandidate> Members)>? TryDraw(DrawRequest request, List<PanelRequest> order, IReadOnlyList<DrawCandidate> pool, DrawStream stream)
    {
        var taken = AppointedOf(request);
        var drawn = new Dictionary<string, (string, IReadOnlyList<DrawCandidate>)>(StringComparer.Ordinal);
        foreach (var panel in order)
        {
            var model = PanelModel.Of(panel, request.Rules, pool, taken);
            var counter = new PanelCounter(model);
            if (counter.Total == 0)
            {
                return null;
            }

            var members = counter.Panel(stream.NextBelow(counter.Total));
            taken.UnionWith(members.Select(m => m.Id));
            drawn[panel.Key] = (counter.Total.ToString(CultureInfo.InvariantCulture), [.. model.Appointed, .. members]);
        }

        return drawn;
    }

    /// <summary>
    /// For each seat of each panel in turn, one uniformly among those who could take it with the rest of the panel unchanged and who are nobody's member or
    /// reserve yet; then the next round.
    /// </summary>
    private static List<DrawnPanel> Reserves(
        DrawRequest request, IReadOnlyList<DrawCandidate> pool, Dictionary<string, (string Choices, IReadOnlyList<DrawCandidate> Members)> drawn, DrawStream stream)
    {
        var taken = drawn.Values.SelectMany(d => d.Members).Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
        var models = request.Panels.ToDictionary(p => p.Key, p => PanelModel.Of(p with { Appointed = [], Seated = null }, request.Rules, pool, taken));
        var reserves = request.Panels.ToDictionary(p => p.Key, _ => new List<Reserve>());
        for (var round = 0; round < request.Rules.ReservesPerSeat; round++)
        {
            foreach (var panel in request.Panels)
            {
                var (model, members) = (models[panel.Key], drawn[panel.Key].Members);
                for (var seat = 0; seat < members.Count; seat++)
                {
                    var completes = model.Completes([.. members.Where((_, s) => s != seat)]);
                    var fitting = model.Candidates.Where(c => completes(c) && !taken.Contains(c.Id)).OrderBy(c => c.Id, StringComparer.Ordinal).ToList();
                    if (fitting.Count > 0)
                    {
                        var one = fitting[(int)stream.NextBelow((UInt128)fitting.Count)];
                        taken.Add(one.Id);
                        reserves[panel.Key].Add(new Reserve(reserves[panel.Key].Count + 1, seat + 1, one.Id));
                    }
                }
            }
        }

        return
        [
            .. request.Panels.Select(p => new DrawnPanel(
                p.Key,
                drawn[p.Key].Choices,
                [.. drawn[p.Key].Members.Select((m, i) => new DrawnSeat(i + 1, m.Id, p.Appointed.Any(a => a.ExpertId == m.Id)))],
                reserves[p.Key])),
        ];
    }
}
