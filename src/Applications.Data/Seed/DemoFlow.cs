using Applications.Data.Calendars;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Data.Seed;

/// <summary>Moves demonstration cases and batches through the real host on a clock of the past, one save a step, or one for the same step of many files.</summary>
internal sealed class DemoFlow
{
    public static readonly Actor Officer = new(null, "王经办（演示）", Roles.Officer, null);
    public static readonly Actor Head = new(null, "赵处长（演示）", Roles.Head, null);
    public static readonly Actor Leader = new(null, "孙厅领导（演示）", Roles.Leader, null);

    private readonly ApplicationsDbContext db;
    private bool together;

    public DemoFlow(IServiceProvider services)
    {
        db = services.GetRequiredService<ApplicationsDbContext>();
        var catalog = services.GetRequiredService<DefinitionCatalog>();
        var calendars = services.GetRequiredService<CalendarSource>();
        var commands = new FlowCommands(db, catalog, calendars, services.GetRequiredService<NumberAllocator>());
        Host = new WorkflowHost(catalog, new FlowFacts(catalog, calendars, commands, Clock), new FlowEffects(db, commands), db);
    }

    public DemoClock Clock { get; } = new(DateTime.UnixEpoch);

    public WorkflowHost Host { get; }

    /// <summary>Steps of files that know nothing of each other: saved once, for looking through everything at every step takes most of the time.</summary>
    public async Task TogetherAsync(Func<Task> steps, CancellationToken ct)
    {
        (together, db.ChangeTracker.AutoDetectChangesEnabled) = (true, false);
        try
        {
            await steps();
        }
        finally
        {
            (together, db.ChangeTracker.AutoDetectChangesEnabled) = (false, true);
        }

        await db.SaveChangesAsync(ct);
    }

    public Task SaveAsync(CancellationToken ct) => together ? Task.CompletedTask : db.SaveChangesAsync(ct);

    public static Actor Applicant(Application application) => new(null, "企业经办（演示）", Roles.Applicant, application.EnterpriseId);

    public async Task CompleteAsync(Batch batch, Application one, string role, string outcome, string? reason, CancellationToken ct)
    {
        var actor = role switch
        {
            Roles.Applicant => Applicant(one),
            Roles.County => new Actor(null, "县局经办（演示）", role, one.CountyId),
            Roles.City => new Actor(null, "市局经办（演示）", role, one.CityId),
            _ => Officer,
        };
        await Host.CompleteAsync(FlowSubjects.Of(one, batch), one.State.Tokens[0].Id, outcome, actor, reason, ct);
        await SaveAsync(ct);
    }

    public async Task CompleteAsync(Batch batch, Actor actor, string outcome, CancellationToken ct)
    {
        Clock.Now = Clock.Now.AddHours(4);
        await Host.CompleteAsync(FlowSubjects.Of(batch), batch.State.Tokens[0].Id, outcome, actor, null, ct);
        await SaveAsync(ct);
    }

    /// <summary>The county's word where there is a county.</summary>
    public async Task ForwardAsync(Batch batch, Application one, CancellationToken ct)
    {
        if (one.Stage == "countyCheck")
        {
            await CompleteAsync(batch, one, Roles.County, "Forward", null, ct);
        }
    }

    /// <summary>The batch's timer rings at <paramref name="at"/>.</summary>
    public async Task RingAsync(Batch batch, DateTime at, CancellationToken ct)
    {
        Clock.Now = at;
        await Host.TimeOutAsync(FlowSubjects.Of(batch), batch.State.Tokens[0].Id, ct);
        await SaveAsync(ct);
    }

    /// <summary>Opens a gate for the cases here and now, and strikes the message that would do it again.</summary>
    public async Task SignalAsync(Batch batch, IEnumerable<Application> cases, string signal, CancellationToken ct)
    {
        await TogetherAsync(
            async () =>
            {
                foreach (var one in cases)
                {
                    await Host.SignalAsync(FlowSubjects.Of(one, batch), signal, ct);
                }
            },
            ct);

        var key = $"signal:{batch.Id:N}:{signal}";
        await db.Outbox.Where(o => o.DedupKey == key).ExecuteUpdateAsync(set => set.SetProperty(o => o.DoneAt, Clock.Now), ct);
    }
}
