using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Applications.Web.Tests.Jobs;

/// <summary>
/// Invariant 9, over the autumn of 2026: Sunday 20 September is a working day, 25 to 27 September and 1 to 7 October are holidays, Saturday 10 October
/// is a working day again.
/// </summary>
public sealed class WorkingDayTests
{
    private static readonly DateTimeOffset Friday = China(9, 18);

    [Fact]
    public async Task DueAndReminders_AcrossHolidaysAndMakeUpDays_FollowTheCalendar()
    {
        var clock = new FakeTimeProvider(Friday);
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite, new AppHostOptions { Clock = clock });
        var filed = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var item = await host.InScopeAsync((_, db) => db.WorkItems.AsNoTracking().SingleAsync(w => w.CaseId == filed.CaseId && w.ClosedAt == null));

        // Ten working days: 20 to 24 and 28 to 30 September, 8 and 9 October.
        Assert.Equal(ChinaTime.EndOfDay(new DateOnly(2026, 10, 9)), item.DueAt);

        // The window closes on 4 October, in the holidays; three working days before are 28, 29 and 30 September.
        Assert.Equal(new DateOnly(2026, 10, 4), ChinaTime.DateOf((await host.InScopeAsync((_, db) => db.Batches.Where(b => b.Id == draft.BatchId).Select(b => b.FilingClosesAt).SingleAsync())).AddTicks(-1)));
        await AtAsync(host, clock, China(9, 23), []);
        await AtAsync(host, clock, China(9, 24), [$"draft:{draft.CaseId:N}:3"]);
        await AtAsync(host, clock, China(9, 26), [$"draft:{draft.CaseId:N}:3"]);
        await AtAsync(host, clock, China(9, 29), [$"draft:{draft.CaseId:N}:3", $"draft:{draft.CaseId:N}:1"]);
        await AtAsync(host, clock, China(10, 7), [$"draft:{draft.CaseId:N}:3", $"draft:{draft.CaseId:N}:1"]);
        await AtAsync(host, clock, China(10, 8), [$"draft:{draft.CaseId:N}:3", $"draft:{draft.CaseId:N}:1", $"due:{item.Id:N}"]);
        await AtAsync(host, clock, China(10, 10), [$"draft:{draft.CaseId:N}:3", $"draft:{draft.CaseId:N}:1", $"due:{item.Id:N}", $"overdue:{item.Id:N}:20261010"]);

        async Task AtAsync(AppHost on, FakeTimeProvider time, DateTimeOffset moment, string[] expected)
        {
            time.SetUtcNow(moment);
            await on.Services.GetRequiredService<Remind>().ExecuteAsync(CancellationToken.None);
            var keys = await on.InScopeAsync((_, db) => db.Reminders.Select(r => r.Key).ToListAsync());
            Assert.Equal(expected.Order(), keys.Where(k => k.Contains(draft.CaseId.ToString("N"), StringComparison.Ordinal) || k.Contains(item.Id.ToString("N"), StringComparison.Ordinal)).Order());
        }
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Supplement_WhileTheApplicantCorrects_StopsTheDepartmentsClock(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var clock = new FakeTimeProvider(Friday);
        await using var host = await AppHost.StartAsync(provider, new AppHostOptions { Clock = clock });
        var filed = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        await MoveAsync(host, filed, "Recommend", Roles.City);
        await MoveAsync(host, filed, "List", Roles.City);
        Assert.Equal(ChinaTime.EndOfDay(new DateOnly(2026, 10, 9)), await DueAsync(host, filed, "formalCheck"));

        // Sunday the 20th, the 21st and the 22nd are used up; the other seven are left for later.
        clock.SetUtcNow(China(9, 22));
        await MoveAsync(host, filed, "Supplement", Roles.Officer);
        Assert.Equal(ChinaTime.EndOfDay(new DateOnly(2026, 10, 13)), await DueAsync(host, filed, "supplement"));

        clock.SetUtcNow(China(10, 8));
        await MoveAsync(host, filed, "Resubmit", Roles.Applicant);

        // 9, Saturday 10, 12 to 16 October.
        Assert.Equal(ChinaTime.EndOfDay(new DateOnly(2026, 10, 16)), await DueAsync(host, filed, "formalCheck"));
    }

    [Fact]
    public async Task Supplement_NeverHandedIn_GoesBackToTheDepartmentWhenItsTimeIsUp()
    {
        var clock = new FakeTimeProvider(Friday);
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite, new AppHostOptions { Clock = clock });
        var filed = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        await MoveAsync(host, filed, "Recommend", Roles.City);
        await MoveAsync(host, filed, "List", Roles.City);
        await MoveAsync(host, filed, "Supplement", Roles.Officer);
        var due = await DueAsync(host, filed, "supplement");

        clock.SetUtcNow(new DateTimeOffset(due!.Value.AddSeconds(-1), TimeSpan.Zero));
        await host.Services.GetRequiredService<FireTimers>().ExecuteAsync(CancellationToken.None);
        Assert.Equal("supplement", await StageAsync(host, filed));
        clock.SetUtcNow(new DateTimeOffset(due.Value, TimeSpan.Zero));
        await host.Services.GetRequiredService<FireTimers>().ExecuteAsync(CancellationToken.None);

        Assert.Equal("formalCheck", await StageAsync(host, filed));
    }

    /// <summary>Ten in the morning in China.</summary>
    private static DateTimeOffset China(int month, int day) => new(2026, month, day, 10, 0, 0, TimeSpan.FromHours(8));

    private static Task<int> MoveAsync(AppHost host, Draft draft, string outcome, string role) => host.InScopeAsync(async (services, db) =>
    {
        var application = await db.Applications.SingleAsync(a => a.Id == draft.CaseId);
        var actor = new Actor(null, "经办", role, role == Roles.City ? draft.CityId : role == Roles.Applicant ? draft.EnterpriseId : null);
        await services.GetRequiredService<WorkflowHost>().CompleteAsync(
            FlowSubjects.Of(application, await db.Batches.SingleAsync(b => b.Id == draft.BatchId)), application.State.Tokens[0].Id, outcome, actor, "请补充。", CancellationToken.None);
        return await db.SaveChangesAsync();
    });

    private static Task<DateTime?> DueAsync(AppHost host, Draft draft, string activity) => host.InScopeAsync((_, db) =>
        db.WorkItems.Where(w => w.CaseId == draft.CaseId && w.ClosedAt == null && w.Activity == activity).Select(w => w.DueAt).SingleAsync());

    private static Task<string> StageAsync(AppHost host, Draft draft) =>
        host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == draft.CaseId).Select(a => a.Stage).SingleAsync());
}
