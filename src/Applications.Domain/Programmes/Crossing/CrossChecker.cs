using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Applications.Domain.Forms;

namespace Applications.Domain.Programmes.Crossing;

/// <summary>A claim found in another application.</summary>
/// <param name="IsOwn">Of the same enterprise.</param>
/// <param name="Batch">The other application's call.</param>
public sealed record ClaimHit(string Kind, string Text, Guid CaseId, string? Number, string EnterpriseName, string Batch, bool IsOwn);

/// <summary>What the enterprise filed before, in another call.</summary>
public sealed record EarlierFiling(Guid CaseId, string? Number, string Batch, FormDefinition Form, Answers Answers);

/// <summary>One thing a cross-check found.</summary>
/// <param name="Key">Stable for the same thing, so that the applicant's word stays with it.</param>
/// <param name="Text">For those who check: names the other application.</param>
/// <param name="ForApplicant">The same without other enterprises' names.</param>
/// <param name="AsksReason">The applicant has to say a word before he files.</param>
/// <param name="CaseId">The other application.</param>
public sealed record CrossFinding(CrossCheck Check, string Key, string Text, string ForApplicant, bool AsksReason, Guid? CaseId);

/// <summary>Holds an application against others, by the checks of its programme.</summary>
public static class CrossChecker
{
    /// <param name="programme">Whose checks.</param>
    /// <param name="form">The form of <paramref name="answers"/>.</param>
    /// <param name="answers">What is, or was, filed.</param>
    /// <param name="hits">Where its claims stand elsewhere.</param>
    /// <param name="earlier">The enterprise's last filing in another call; null when there is none.</param>
    public static IReadOnlyList<CrossFinding> Check(
        ProgrammeDefinition programme, FormDefinition form, Answers answers, IReadOnlyList<ClaimHit> hits, EarlierFiling? earlier)
    {
        ArgumentNullException.ThrowIfNull(programme);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(answers);
        var claims = Claim.Of(programme, answers);
        return
        [
            .. programme.CrossChecks.SelectMany(check => check.Kind switch
            {
                CrossCheckKind.CountedElsewhere => Counted(check, claims, hits),
                CrossCheckKind.FigureRestated => earlier is null ? [] : Restated(check, form, answers, earlier),
                _ => earlier is null ? [] : Jumped(check, form, answers, earlier),
            }),
        ];
    }

    private static IEnumerable<CrossFinding> Counted(CrossCheck check, IReadOnlyList<Claim> claims, IReadOnlyList<ClaimHit> hits) =>
        from claim in claims
        where claim.Kind == check.Claims
        from hit in hits
        where hit.Kind == claim.Kind && hit.Text == claim.Text && (check.Scope is CrossScope.All || check.Scope is CrossScope.Own == hit.IsOwn)
        orderby hit.IsOwn, claim.Text, hit.CaseId
        let call = $"{hit.Batch} {hit.Number}".Trim()
        select new CrossFinding(
            check, $"{check.Id}:{claim.Text}:{hit.CaseId:N}",
            hit.IsOwn ? $"“{claim.Shown}”也用于本企业的申报：{call}。" : $"“{claim.Shown}”也见于{hit.EnterpriseName}的申报：{call}。",
            hit.IsOwn ? $"“{claim.Shown}”也用于本企业的申报：{call}。" : $"“{claim.Shown}”也见于其他企业的申报，请核对权属和填写是否正确。",
            false, hit.CaseId);

    private static IEnumerable<CrossFinding> Restated(CrossCheck check, FormDefinition form, Answers answers, EarlierFiling earlier)
    {
        foreach (var (year, row) in Years(answers, check.Field))
        {
            if (Years(earlier.Answers, check.Field).FirstOrDefault(y => y.Year == year).Row is { } old)
            {
                foreach (var finding in check.Columns.SelectMany(c => Compare(check, form, c, row, old, year, year, earlier)))
                {
                    yield return finding;
                }
            }
        }
    }

    private static IEnumerable<CrossFinding> Jumped(CrossCheck check, FormDefinition form, Answers answers, EarlierFiling earlier)
    {
        var (now, was) = (Newest(answers, check.Field), Newest(earlier.Answers, check.Field));
        return now.Row is null || was.Row is null || now.Year <= was.Year
            ? []
            : check.Columns.SelectMany(c => Compare(check, form, c, now.Row, was.Row, now.Year, was.Year, earlier));
    }

    private static IEnumerable<CrossFinding> Compare(
        CrossCheck check, FormDefinition form, string column, JsonObject row, JsonObject old, int year, int oldYear, EarlierFiling earlier)
    {
        if (form.FindField(check.Field)?.FindColumn(column) is not { } field || Number(row[column]) is not { } now || Number(old[column]) is not { } was || now == was)
        {
            yield break;
        }

        // Out of nothing every figure is a jump; the share is then not told.
        var share = was == 0 ? (decimal?)null : Math.Abs(now - was) / Math.Abs(was) * 100;
        if (share < check.Percent)
        {
            yield break;
        }

        var by = share is { } s ? $"，{(now > was ? "增加" : "减少")} {Math.Round(s, 1).ToString("0.#", CultureInfo.InvariantCulture)}%" : string.Empty;
        var text = $"{field.Label}：{earlier.Batch}（{earlier.Number}）填报 {oldYear} 年为 {FormDisplay.Text(field, old[column])}，本次填报 {year} 年为 {FormDisplay.Text(field, row[column])}{by}。";
        yield return new CrossFinding(check, $"{check.Id}:{column}:{year}", text, text, true, earlier.CaseId);
    }

    private static (int Year, JsonObject? Row) Newest(Answers answers, string table) => Years(answers, table).OrderByDescending(y => y.Year).FirstOrDefault();

    private static IEnumerable<(int Year, JsonObject Row)> Years(Answers answers, string table) =>
        answers.Rows(table).Select(r => (Year: (int)(Number(r["year"]) ?? 0), Row: r)).Where(y => y.Year > 0);

    private static decimal? Number(JsonNode? node) => node?.GetValueKind() is JsonValueKind.Number ? node.Deserialize<decimal>() : null;
}
