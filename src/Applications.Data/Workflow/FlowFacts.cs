using Applications.Data.Calendars;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Titles;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;

namespace Applications.Data.Workflow;

/// <summary>What the engine must know of the world to decide: the moment, the calendar, and the facts that flows call by name.</summary>
public sealed class FlowFacts(DefinitionCatalog definitions, CalendarSource calendars, FlowCommands commands, TimeProvider clock)
{
    /// <summary>UTC, as the database will keep it.</summary>
    public DateTime Now => UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime);

    internal async Task<WorkflowContext> ContextAsync(FlowSubject subject, CancellationToken ct)
    {
        var calendar = await calendars.GetAsync(ct);
        var facts = subject switch
        {
            { Certificate: { } title } => OfTitle(title, Now),
            { Case: { } application } => await OfCaseAsync(application, subject.Batch, ct),
            _ => OfBatch(subject.Batch, calendar),
        };
        return new WorkflowContext(Now, calendar, facts);
    }

    /// <summary>The facts of a case that are known without asking the database.</summary>
    internal static Dictionary<string, object?> OfCase(Application application, Batch batch, DateTime now) => new()
    {
        ["hasCounty"] = application.CountyId is not null,
        ["windowOpen"] = batch.IsFilingOpen(now),
        ["filingClosesAt"] = batch.FilingClosesAt,
        ["recommendationClosesAt"] = batch.RecommendationClosesAt,
        ["selected"] = application.Selected == true,
        ["sampled"] = application.Sampled == true,
    };

    private async Task<Dictionary<string, object?>> OfCaseAsync(Application application, Batch batch, CancellationToken ct)
    {
        var facts = OfCase(application, batch, Now);
        if (application.State is { } state && definitions.Workflow(state.DefinitionId) is var flow && state.Tokens.Any(t => flow.Get(t.Activity).Kind is GateKind))
        {
            // A panel begins behind a gate and nowhere else; other moves need not ask for it.
            var panels = await commands.PanelsAsync(application.Id, ct);
            foreach (var panel in flow.Activities.Select(a => a.Settings).OfType<PanelReviewSettings>())
            {
                facts[panel.PanelFact] = panels[panel.Round].ToList();
            }
        }

        return facts;
    }

    private Dictionary<string, object?> OfBatch(Batch batch, Domain.Calendars.WorkCalendar calendar) => new()
    {
        ["filingClosesAt"] = batch.FilingClosesAt,
        ["recommendationClosesAt"] = batch.RecommendationClosesAt,
        ["noticeEndsAt"] = batch.NoticeEndsAt is { } ends && ends > Now ? ends : calendar.DueAt(Now, definitions.Programme(batch.ProgrammeId).LimitsInWorkingDays.Notice),
    };

    private static Dictionary<string, object?> OfTitle(Certificate certificate, DateTime now) => new()
    {
        ["anniversaryAt"] = TitleYears.NextAnniversary(certificate.IssuedAt, now),
        ["yearsHeld"] = TitleYears.Held(certificate.IssuedAt, now),
        ["inOneYearAt"] = now.AddYears(1),
    };
}
