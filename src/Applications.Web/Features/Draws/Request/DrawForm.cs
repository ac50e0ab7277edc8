using System.Globalization;
using System.Text.RegularExpressions;
using Applications.Data.Draws;
using Applications.Domain.Common;
using Applications.Domain.Identifiers;
using Applications.Domain.Reviews.Draws;

namespace Applications.Web.Features.Draws.Request;

/// <summary>A panel as it stands in the form.</summary>
public sealed class PanelForm
{
    public string Key { get; set; } = string.Empty;

    public string? Title { get; set; }

    public int Size { get; set; }

    /// <summary>For example <c>C34 2、C35 1</c>.</summary>
    public string? Specialities { get; set; }

    public int Finance { get; set; }

    /// <summary>What the codes in <see cref="Specialities"/> are called.</summary>
    public IEnumerable<string> Divisions => IndustryCodes.Divisions.Where(d => Specialities?.Contains(d.FullCode, StringComparison.OrdinalIgnoreCase) == true).Select(d => IndustryCodes.Labelled(d.FullCode));
}

/// <summary>A member who is to be appointed, as it stands in the form.</summary>
public sealed class AppointmentForm
{
    /// <summary>The panel's key.</summary>
    public string? Panel { get; set; }

    /// <summary>The expert's name; with the employer in brackets where two bear it.</summary>
    public string? Expert { get; set; }

    public string? Reason { get; set; }
}

/// <summary>The order as a form: bound, shown again, and turned into the order it stands for.</summary>
public sealed partial class DrawForm
{
    /// <summary>Rows that are offered for appointments.</summary>
    public const int AppointmentRows = 3;

    private const int MostPanels = 200;

    public DateOnly? SessionOn { get; set; }

    public List<string> Categories { get; set; } = [];

    public int PerEmployer { get; set; } = 1;

    public int SessionsPerYear { get; set; } = 10;

    public bool NotTwoYearsRunning { get; set; } = true;

    public int OutsideOneIn { get; set; } = 3;

    public int ReservesPerSeat { get; set; } = 1;

    public List<PanelForm> Panels { get; set; } = [];

    /// <summary>Case → key of its panel.</summary>
    public Dictionary<Guid, string> Place { get; set; } = [];

    public List<AppointmentForm> Appointed { get; set; } = [];

    public static DrawForm Of(DrawOrder order, IReadOnlyList<AppointmentForm>? appointed = null)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new DrawForm
        {
            SessionOn = order.SessionOn,
            Categories = [.. order.Categories],
            PerEmployer = order.Rules.PerEmployer,
            SessionsPerYear = order.Rules.SessionsPerYear,
            NotTwoYearsRunning = order.Rules.NotTwoYearsRunning,
            OutsideOneIn = order.Rules.OutsideOneIn,
            ReservesPerSeat = order.Rules.ReservesPerSeat,
            Panels = [.. order.Panels.Select(p => new PanelForm { Key = p.Key, Title = p.Title, Size = p.Size, Finance = p.Finance, Specialities = Written(p.Specialities) })],
            Place = order.Panels.SelectMany(p => p.Cases.Select(c => (c, p.Key))).ToDictionary(p => p.c, p => p.Key),
            Appointed = [.. appointed ?? []],
        };
    }

    /// <summary>Takes over what a relaxation changed.</summary>
    public void Ease(DrawRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        (PerEmployer, SessionsPerYear) = (request.Rules.PerEmployer, request.Rules.SessionsPerYear);
        (NotTwoYearsRunning, OutsideOneIn) = (request.Rules.NotTwoYearsRunning, request.Rules.OutsideOneIn);
        foreach (var panel in request.Panels)
        {
            var row = Panels.Single(p => p.Key == panel.Key);
            (row.Size, row.Finance, row.Specialities) = (panel.Size, panel.Finance, Written(panel.Specialities));
        }
    }

    /// <param name="experts">The pool by name; several may bear one.</param>
    /// <exception cref="RuleBrokenException">A field that cannot be read, with its name.</exception>
    public DrawOrder Order(ILookup<string, DrawCandidate> experts)
    {
        ArgumentNullException.ThrowIfNull(experts);
        if (Panels.Count is 0 or > MostPanels)
        {
            throw new RuleBrokenException("draw-no-panel", $"评审组应为 1 至 {MostPanels} 个。", "Panels");
        }

        if (SessionOn is not { } day)
        {
            throw new RuleBrokenException("session-required", "请填写评审日期。", "SessionOn");
        }

        if (Categories.Count > 0 && !Categories.Contains(DrawPool.Finance) && Panels.FindIndex(p => p.Finance > 0) is >= 0 and var panel)
        {
            throw new RuleBrokenException("finance-left-out", "专家范围没有选“财务”类，抽不出财务专家：请在专家范围中加选“财务”，或把财务专家改为 0 人。", $"Panels[{panel}].Finance");
        }

        var appointed = Appointments(experts);
        return new DrawOrder
        {
            SessionOn = day,
            Categories = [.. Categories.Where(c => !string.IsNullOrWhiteSpace(c)).Distinct()],
            Rules = new DrawRules { PerEmployer = PerEmployer, SessionsPerYear = SessionsPerYear, NotTwoYearsRunning = NotTwoYearsRunning, OutsideOneIn = OutsideOneIn, ReservesPerSeat = ReservesPerSeat },
            Panels =
            [
                .. Panels.Select((p, i) => new PanelOrder
                {
                    Key = p.Key,
                    Title = string.IsNullOrWhiteSpace(p.Title) ? $"第{p.Key}组" : p.Title.Trim(),
                    Size = p.Size,
                    Specialities = Read(p.Specialities, $"Panels[{i}].Specialities"),
                    Finance = p.Finance,
                    Cases = [.. Place.Where(c => c.Value == p.Key).Select(c => c.Key)],
                    Appointed = [.. appointed.Where(a => a.Panel == p.Key).Select(a => a.One)],
                }),
            ],
        };
    }

    private List<(string Panel, Appointment One)> Appointments(ILookup<string, DrawCandidate> experts)
    {
        List<(string, Appointment)> result = [];
        for (var i = 0; i < Appointed.Count; i++)
        {
            var row = Appointed[i];
            if (string.IsNullOrWhiteSpace(row.Expert))
            {
                continue;
            }

            if (Panels.TrueForAll(p => p.Key != row.Panel))
            {
                throw new RuleBrokenException("appointed-panel", "请选择指定专家所在的评审组。", $"Appointed[{i}].Panel");
            }

            var found = experts[row.Expert.Trim()].ToList();
            result.Add(found.Count switch
            {
                1 => (row.Panel!, new Appointment(found[0].Id, row.Reason?.Trim() ?? string.Empty, string.Empty)),
                0 => throw new RuleBrokenException("appointed-unknown", $"所选范围的专家库中没有“{row.Expert.Trim()}”，请核对姓名。", $"Appointed[{i}].Expert"),
                _ => throw new RuleBrokenException("appointed-ambiguous", $"有 {found.Count} 名专家叫“{row.Expert.Trim()}”，请写成“姓名（单位）”：{string.Join('、', found.Select(f => $"{f.Name}（{f.Employer}）"))}。", $"Appointed[{i}].Expert"),
            });
        }

        return result;
    }

    private static string Written(IReadOnlyList<SpecialityNeed> needs) => string.Join('、', needs.Where(n => n.AtLeast > 0).Select(n => string.Create(CultureInfo.InvariantCulture, $"{n.Code} {n.AtLeast}")));

    private static IReadOnlyList<SpecialityNeed> Read(string? text, string field)
    {
        List<SpecialityNeed> needs = [];
        foreach (var part in (text ?? string.Empty).Split(['、', '，', ',', '；', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Need().Match(part) is not { Success: true } match)
            {
                throw new RuleBrokenException("speciality-unreadable", $"“{part}”看不明白。请写行业大类和人数，例如“C34 2、C35 1”。", field);
            }

            var code = match.Groups[1].Value.ToUpperInvariant();
            if (!IndustryCodes.Divisions.Any(d => d.FullCode == code))
            {
                throw new RuleBrokenException("speciality-unknown", $"没有行业大类“{code}”，请按下面的行业大类表填写。", field);
            }

            needs.Add(new SpecialityNeed(code, match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 1));
        }

        return needs;
    }

    [GeneratedRegex(@"^([A-Za-z]\d{2})\s*[:：≥x×]*\s*(\d{1,2})?$")]
    private static partial Regex Need();
}
