using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WallTime = Applications.Domain.Calendars.ChinaTime;

namespace Applications.Web.Features.Calendars.Edit;

/// <summary>The work calendar: administrators keep it, the department reads it.</summary>
[Authorize(Roles = $"{Roles.Admin},{Roles.Officer},{Roles.Head},{Roles.Leader},{Roles.Inspector}")]
public sealed class CalendarModel(CalendarQuery query, CalendarDayHandler handler, CurrentActor actor, TimeProvider clock) : CommandPage
{
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    [BindProperty]
    public AddCalendarDay Input { get; set; } = new();

    public YearView View { get; private set; } = null!;

    public DateOnly Today => WallTime.Today(clock);

    public bool MayEdit => actor.Value.Is(Roles.Admin);

    public bool HasPrevious => View.Year > CalendarYears.First.Year;

    public bool HasNext => View.Year < CalendarYears.Last.Year;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid || Year < CalendarYears.First.Year || Year > CalendarYears.Last.Year)
        {
            return NotFound();
        }

        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) => !MayEdit ? Forbid() : await RunAsync(
        async () =>
        {
            await handler.AddAsync(Input, actor.Value, IdempotencyKey, ct);
            TempData.Success($"已添加 {WallTime.FormatDate(Input.Date!.Value)}。正在办理的时限不变。");
            return LocalRedirect($"/admin/calendar?year={Input.Date!.Value.Year}");
        },
        ct,
        "Input.");

    public async Task<IActionResult> OnPostRemoveAsync(DateOnly date, CancellationToken ct) => !MayEdit ? Forbid() : await RunAsync(
        async () =>
        {
            await handler.RemoveAsync(date, actor.Value, IdempotencyKey, ct);
            TempData.Success($"已删除 {WallTime.FormatDate(date)} 的安排。正在办理的时限不变。");
            return LocalRedirect($"/admin/calendar?year={date.Year}");
        },
        ct);

    protected override async Task LoadAsync(CancellationToken ct) => View = await query.ExecuteAsync(ShownYear(), ct);

    private int ShownYear() => Year is { } year && year >= CalendarYears.First.Year && year <= CalendarYears.Last.Year ? year : Today.Year;
}
