using System.Globalization;
using System.Security.Cryptography;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Rehearsal;
using Applications.Web.Features.Calendars.Edit;
using Applications.Web.Infrastructure.Navigation;
using Applications.Web.Infrastructure.Pictures;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Definitions.Rehearse;

/// <summary>
/// Plays a season with synthetic cases and shows what it would be like. All input stands in the address, so a season can be shown to somebody else and
/// comes out the same.
/// </summary>
[Authorize(Policy = AccountSetup.Policies.DefinitionReaders)]
public sealed class RehearsalModel(RehearsalQuery query, TimeProvider clock) : PageModel
{
    private const int MostCases = 2000;
    private const int MostDays = 365;
    private const int MostHandlingDays = 60;

    /// <summary>Roles whose time may be set.</summary>
    public static readonly IReadOnlyList<string> Timed = [Roles.Applicant, Roles.County, Roles.City, Roles.Officer, Roles.Expert];

    [BindProperty(SupportsGet = true)]
    public string? Flow { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Cases { get; set; } = 300;

    [BindProperty(SupportsGet = true)]
    public DateOnly? Start { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Seed { get; set; }

    [BindProperty(SupportsGet = true)]
    public int FilingDays { get; set; } = 30;

    [BindProperty(SupportsGet = true)]
    public int RecommendationDays { get; set; } = 15;

    public IReadOnlyList<FlowChoice> Choices { get; private set; } = [];

    /// <summary>Null before anything was played.</summary>
    public RehearsalResult? Season { get; private set; }

    /// <summary>Working days at most, by role, out of the fields <c>Days[role]</c>.</summary>
    public string? DaysText(string role) => Request.Query[$"Days[{role}]"].ToString() is { Length: > 0 } text
        ? text
        : new RehearsalBehaviour().DaysOf(role).Most.ToString(CultureInfo.InvariantCulture);

    /// <summary>The outcomes whose share can be set for the version that is chosen, step by step.</summary>
    public IReadOnlyList<OutcomeOdds> Odds { get; private set; } = [];

    /// <summary>The share of an outcome in percent, out of the fields <c>Odds[activity:outcome]</c>.</summary>
    public string OddsText(OutcomeOdds odds)
    {
        ArgumentNullException.ThrowIfNull(odds);
        return Request.Query[$"Odds[{odds.Key}]"].ToString() is { Length: > 0 } text ? text : odds.Percent.ToString(CultureInfo.InvariantCulture);
    }

    public IReadOnlyList<DateOnly> Weeks { get; private set; } = [];

    public IReadOnlyList<string> WorkRoles { get; private set; } = [];

    public int WorkOf(DateOnly week, string role) => Season!.Work.FirstOrDefault(w => w.Week == week && w.Role == role)?.Items ?? 0;

    public IEnumerable<WeekRow> Rows => WorkRoles.Select(role => new WeekRow(Navigation.RoleLabel(role), [.. Weeks.Select(week => WorkOf(week, role))]));

    public async Task OnGetAsync(CancellationToken ct)
    {
        Choices = await query.ChoicesAsync(ct);
        var asked = Flow is not null;
        Start ??= asked ? null : ChinaTime.Today(clock).AddDays(1);
        Seed ??= RandomNumberGenerator.GetInt32(1, 10_000);
        try
        {
            Odds = (Flow ?? (Choices.Count > 0 ? Choices[0].Id : null)) is { } shown ? await query.OddsAsync(shown, ct) : [];
            if (asked && IsSound(out var days, out var odds))
            {
                await PlayAsync(days, odds, ct);
            }
        }
        catch (RuleBrokenException e)
        {
            ModelState.AddModelError(e.Field ?? string.Empty, e.Message);
        }

        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private async Task PlayAsync(Dictionary<string, int> days, Dictionary<string, double> odds, CancellationToken ct)
    {
        Season = await query.ExecuteAsync(new SeasonRequest(Flow!, Cases, Seed!.Value, Start!.Value, FilingDays, RecommendationDays, days, odds), ct);

        WorkRoles = [.. Roles.All.Where(role => Season.Work.Any(w => w.Role == role))];
        if (Season.Work.Count > 0)
        {
            var (first, last) = (Season.Work[0].Week, Season.Work[^1].Week);
            Weeks = [.. Enumerable.Range(0, ((last.DayNumber - first.DayNumber) / 7) + 1).Select(n => first.AddDays(n * 7))];
        }
    }

    private bool IsSound(out Dictionary<string, int> days, out Dictionary<string, double> odds)
    {
        (days, odds) = ([], []);
        Require(Cases is >= 1 and <= MostCases, nameof(Cases), $"申报件数应在 1 至 {MostCases} 之间。");
        Require(Start >= CalendarYears.First && Start <= CalendarYears.Last.AddYears(-3), nameof(Start), "请填写 2020 年至 2096 年之间的开始日期。");
        Require(FilingDays is >= 1 and <= MostDays, nameof(FilingDays), $"申报天数应在 1 至 {MostDays} 之间。");
        Require(RecommendationDays is >= 1 and <= MostDays, nameof(RecommendationDays), $"推荐天数应在 1 至 {MostDays} 之间。");
        foreach (var role in Timed)
        {
            var text = DaysText(role);
            var read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most <= MostHandlingDays;
            Require(read, $"Days[{role}]", $"办理天数应在 0 至 {MostHandlingDays} 之间。");
            days[role] = most;
        }

        foreach (var step in Odds.GroupBy(o => o.Key.Split(':')[0]))
        {
            var sum = 0;
            foreach (var one in step)
            {
                var read = int.TryParse(OddsText(one), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent <= 100;
                Require(read, $"Odds[{one.Key}]", "比例应为 0 至 100 的整数。");
                odds[one.Key] = percent / 100.0;
                sum += percent;
            }

            Require(sum <= 100, $"Odds[{step.First().Key}]", $"“{step.First().Step}”各结果的比例合计为 {sum}%，不能超过 100%。");
        }

        return ModelState.IsValid;
    }

    private void Require(bool holds, string field, string message)
    {
        if (!holds && ModelState.GetFieldValidationState(field) != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid)
        {
            ModelState.AddModelError(field, message);
        }
    }
}
