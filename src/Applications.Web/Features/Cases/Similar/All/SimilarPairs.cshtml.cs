using Applications.Data.Trail;
using Applications.Domain.Accounts;
using Applications.Web.Features.Cases.List;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Cases.Similar.All;

/// <summary>All suspicious pairs, for the department: what is still to be looked at, and what was said of the rest.</summary>
[Authorize(Policy = AccountSetup.Policies.Department)]
public sealed class SimilarPairsModel(SimilarPairsQuery query, CaseListQuery cases, AuditWriter audit, CurrentActor actor) : PageModel
{
    /// <summary>Below so many per cent pairs mostly share what everybody writes.</summary>
    public const int Usual = 30;

    private const int MostExported = 20_000;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Batch { get; set; }

    [BindProperty(SupportsGet = true)]
    public VerdictFilter Verdict { get; set; }

    /// <summary>Least similarity, in per cent.</summary>
    [BindProperty(SupportsGet = true)]
    public int Least { get; set; } = Usual;

    [BindProperty(SupportsGet = true)]
    public bool WithOwn { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Newest { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? AfterCase { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? AfterOther { get; set; }

    public IReadOnlyList<SimilarPairLine> Lines { get; private set; } = [];

    public IReadOnlyList<BatchChoice> Batches { get; private set; } = [];

    public string? NextHref { get; private set; }

    public Actor Me => actor.Value;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Batches = await cases.BatchesAsync(ct);
        (Lines, var more) = await query.ExecuteAsync(Filter(), Me, ct);
        if (more)
        {
            var last = Lines[^1].Pair;
            NextHref = $"/similar?{Terms()}&after={(Newest ? last.FoundAt.Ticks : last.Share)}&afterCase={last.CaseId}&afterOther={last.OtherId}";
        }
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        var (lines, _) = await query.ExecuteAsync(Filter() with { After = null }, Me, ct, MostExported);
        await audit.WriteAsync(Me, "export-similar", ("case", null), ct, $"{lines.Count} 对");
        return await Sheets.FileAsync("查重核查", lines.Select(l => new Dictionary<string, object?>
        {
            ["批次"] = l.Batch,
            ["申报编号"] = l.Number,
            ["企业"] = l.Enterprise,
            ["相似的申报"] = l.OtherNumber,
            ["相似的企业"] = l.OtherEnterprise,
            ["相似申报的批次"] = l.OtherBatch,
            ["本企业此前申报"] = l.Pair.IsOwn,
            ["相似度（%）"] = l.Pair.Share / 100m,
            ["相同文字（字）"] = l.Pair.Characters,
            ["相同段落（处）"] = l.Pair.Passages.Count,
            ["所在栏目"] = string.Join("、", l.Fields.Select(f => $"{f.Label}（{f.Characters} 字）")),
            ["核查结论"] = SimilarityWords.Of(l.Pair.Verdict),
            ["依据"] = l.Pair.Word,
            ["核查人"] = l.Pair.JudgedByName,
            ["核查时间"] = l.Pair.JudgedAt,
        }), ct);
    }

    public string Terms(int? least = null) =>
        $"q={Uri.EscapeDataString(Q ?? string.Empty)}&batch={Batch}&verdict={Verdict}&least={least ?? Least}&withOwn={(WithOwn ? "true" : "false")}&newest={(Newest ? "true" : "false")}";

    private SimilarPairFilter Filter() => new(
        Q, Batch, Verdict, Math.Clamp(Least, 0, 100), WithOwn, Newest, After is { } key && AfterCase is { } one && AfterOther is { } other ? (key, one, other) : null);
}
