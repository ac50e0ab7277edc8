using Applications.Data;
using Applications.Data.Calendars;
using Applications.Data.Commands;
using Applications.Data.Outbox;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Calendars.Edit;

/// <summary>An exception to the ordinary week as it is typed.</summary>
public sealed class AddCalendarDay
{
    public DateOnly? Date { get; set; }

    /// <summary><c>off</c> or <c>work</c>.</summary>
    public string? Kind { get; set; }

    public string? Note { get; set; }
}

public sealed class AddCalendarDayValidator : AbstractValidator<AddCalendarDay>
{
    public AddCalendarDayValidator()
    {
        RuleFor(d => d.Date).Cascade(CascadeMode.Stop)
            .NotNull().WithMessage("请填写日期。")
            .InclusiveBetween(CalendarYears.First, CalendarYears.Last).WithMessage("日期应在 2020 年至 2099 年之间。");
        RuleFor(d => d.Kind).Must(kind => kind is "off" or "work").WithMessage("请选择放假或上班。");
        RuleFor(d => d.Note).Cascade(CascadeMode.Stop)
            .NotEmpty().WithMessage("请填写说明，如“春节”。")
            .MaximumLength(50).WithMessage("说明不超过 50 字。");
    }
}

/// <summary>The years a calendar is kept for.</summary>
public static class CalendarYears
{
    public static readonly DateOnly First = new(2020, 1, 1);
    public static readonly DateOnly Last = new(2099, 12, 31);
}

/// <summary>Adds and removes exceptions. What is running keeps the due time it was given; what starts from now on counts with the new days.</summary>
public sealed class CalendarDayHandler(ApplicationsDbContext db, CommandPipeline pipeline, CalendarSource calendars, AddCalendarDayValidator validator)
{
    /// <exception cref="RuleBrokenException"><c>day-taken</c>, <c>ordinary-workday</c>.</exception>
    public async Task AddAsync(AddCalendarDay request, Actor actor, Guid key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        OnlyAdmin(actor);
        await validator.ValidateAndThrowAsync(request, ct);
        var (date, isWorkday) = (request.Date!.Value, request.Kind == "work");
        await pipeline.RunAsync(
            actor, key, "add-calendar-day", ("calendar", null),
            async c =>
            {
                if (await db.Calendar.AsNoTracking().SingleOrDefaultAsync(d => d.Date == date, c) is { } present)
                {
                    throw new RuleBrokenException("day-taken", $"该日已设为{(present.IsWorkday ? "上班" : "放假")}（{present.Note}），如需更改请先删除。", nameof(request.Date));
                }

                if (isWorkday && date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                {
                    throw new RuleBrokenException("ordinary-workday", "该日是周一至周五，本来就上班。", nameof(request.Date));
                }

                db.Calendar.Add(new CalendarRow { Date = date, IsWorkday = isWorkday, Note = request.Note!.Trim() });
                return date;
            },
            ct,
            $"{ChinaTime.FormatDate(date)} {(isWorkday ? "上班" : "放假")}（{request.Note!.Trim()}）");
        calendars.Forget();
    }

    public async Task RemoveAsync(DateOnly date, Actor actor, Guid key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        OnlyAdmin(actor);
        await pipeline.RunAsync(
            actor, key, "remove-calendar-day", ("calendar", null),
            async c =>
            {
                db.Calendar.Remove(await db.Calendar.SingleOrDefaultAsync(d => d.Date == date, c) ?? throw new NotFoundException());
                return date;
            },
            ct,
            ChinaTime.FormatDate(date));
        calendars.Forget();
    }

    private static void OnlyAdmin(Actor actor)
    {
        if (!actor.Is(Roles.Admin))
        {
            throw new NotFoundException();
        }
    }
}
