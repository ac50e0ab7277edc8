namespace Applications.Domain.Reviews.Draws;

/// <summary>Why an expert of the snapshot does not sit on a panel.</summary>
public enum AbsenceKind
{
    /// <summary>A conflict of interest, an absence: <see cref="Hindrance.Barred"/>.</summary>
    Barred,

    /// <summary>Had as many sessions this year as are allowed.</summary>
    YearlyLoad,

    /// <summary>Judged one of these enterprises last year.</summary>
    TwoYearsRunning,

    /// <summary>Sat, and left: his place went to a reserve.</summary>
    Left,

    /// <summary>Sits on another panel of the same request.</summary>
    OtherPanel,

    /// <summary>Stands by as a reserve of this panel.</summary>
    Reserve,

    /// <summary>Could have been drawn, but as many of his employer sit already as may.</summary>
    SameEmployer,

    /// <summary>Could have been drawn as well as anybody.</summary>
    NotChosen,
}

/// <summary>An expert of the snapshot who does not sit on a panel.</summary>
/// <param name="Text">The fact it rests on, in words.</param>
public sealed record Absence(DrawCandidate Expert, AbsenceKind Kind, string Text);

/// <summary>An expert whom a rule kept off panels before they were drawn.</summary>
/// <param name="Panels">Their titles; empty: all of the request.</param>
/// <param name="Text">The fact it rests on, in words.</param>
public sealed record Exclusion(DrawCandidate Expert, IReadOnlyList<string> Panels, string Text);

/// <summary>Everybody of the snapshot who does not sit on a panel, each with the reason.</summary>
public static class DrawAbsences
{
    /// <returns>In the order of the snapshot.</returns>
    public static IReadOnlyList<Absence> Of(DrawRecord record, string panelKey)
    {
        ArgumentNullException.ThrowIfNull(record);
        var panel = record.Request.Panels.Single(p => p.Key == panelKey);
        var drawn = record.Panels.Single(p => p.Key == panelKey);
        var members = record.MembersOf(panelKey).Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
        var left = record.ChangesOf(panelKey, string.Empty).Where(s => s.Out.Length > 0).GroupBy(s => s.Out, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Reason, StringComparer.Ordinal);
        var elsewhere = record.Panels.Where(p => p.Key != panelKey).SelectMany(p => p.Seats.Select(s => (s.ExpertId, p.Key))).DistinctBy(s => s.ExpertId).ToDictionary(s => s.ExpertId, s => s.Key, StringComparer.Ordinal);
        var reserves = drawn.Reserves.ToDictionary(r => r.ExpertId, r => r.Number, StringComparer.Ordinal);
        var seated = drawn.Seats.Select(s => s.ExpertId).ToHashSet(StringComparer.Ordinal);
        var full = record.Pool.Where(c => seated.Contains(c.Id)).GroupBy(c => c.Employer, StringComparer.Ordinal).Where(g => g.Count() >= record.Request.Rules.PerEmployer).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        return [.. record.Pool.Where(c => !members.Contains(c.Id)).Select(Why)];

        Absence Why(DrawCandidate one)
        {
            if (left.TryGetValue(one.Id, out var reason))
            {
                return new Absence(one, AbsenceKind.Left, $"抽中后离开：{reason}");
            }

            if (PanelModel.HindranceOf(one, panel, record.Request.Rules) is { } hindrance)
            {
                return new Absence(one, KindOf(hindrance), DrawRequestRules.HindranceText(one, panel, hindrance));
            }

            return elsewhere.TryGetValue(one.Id, out var other) ? new Absence(one, AbsenceKind.OtherPanel, $"已在“{record.Request.Panels.Single(p => p.Key == other).Title}”")
                : reserves.TryGetValue(one.Id, out var number) ? new Absence(one, AbsenceKind.Reserve, $"备选第 {number} 位")
                : full.Contains(one.Employer) ? new Absence(one, AbsenceKind.SameEmployer, "符合条件；抽出的成员中已有其同单位专家")
                : new Absence(one, AbsenceKind.NotChosen, "符合条件，机会均等，未抽中");
        }
    }

    /// <summary>Everybody of the snapshot whom a rule kept off a panel before it was drawn, with the fact: what the printed record has to show (programmes.md 4.3, points 2 and 8).</summary>
    /// <returns>In the order of the snapshot.</returns>
    public static IReadOnlyList<Exclusion> Excluded(DrawRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var (panels, rules) = (record.Request.Panels, record.Request.Rules);
        return
        [
            .. record.Pool.SelectMany(one => panels
                .Select(p => (Panel: p, Hindrance: PanelModel.HindranceOf(one, p, rules)))
                .Where(h => h.Hindrance is not null)
                .GroupBy(h => DrawRequestRules.HindranceText(one, h.Panel, h.Hindrance!.Value), StringComparer.Ordinal)
                .Select(g => new Exclusion(one, g.Count() == panels.Count ? [] : [.. g.Select(h => h.Panel.Title)], g.Key))),
        ];
    }

    private static AbsenceKind KindOf(Hindrance hindrance) => hindrance switch
    {
        Hindrance.Barred => AbsenceKind.Barred,
        Hindrance.YearlyLoad => AbsenceKind.YearlyLoad,
        _ => AbsenceKind.TwoYearsRunning,
    };
}
