using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Workflow.Rehearsal;

/// <summary>What people would do in a season and when, as the plan's behaviour says.</summary>
internal sealed class SeasonPeople(RehearsalPlan plan)
{
    /// <summary>The hour at which offices open in China.</summary>
    public const int OfficeOpens = 9;

    private const int OfficeMinutes = 8 * 60;

    /// <summary>Who acts at a step; in a countersignature each for his own post.</summary>
    public static string RoleOf(Activity activity, string? participant) => activity.Settings switch
    {
        WorkItemSettings item => item.Role,
        PanelReviewSettings panel => panel.Role,
        _ => participant ?? string.Empty,
    };

    /// <summary>The first outcome is a step's best and takes what the others leave; null when there is none to choose.</summary>
    public string? Choose(Dice dice, Activity activity, IReadOnlyList<string> outcomes)
    {
        var roll = dice.Next();
        foreach (var outcome in outcomes.Skip(1))
        {
            var likelihood = plan.Behaviour.LikelihoodOf(activity.Id, outcome);
            if (roll < likelihood)
            {
                return outcome;
            }

            roll -= likelihood;
        }

        return outcomes.Count > 0 ? outcomes[0] : null;
    }

    /// <summary>Who files within a window files towards its end; everybody else takes as long as his role does.</summary>
    public DateTime Turn(Dice dice, WorkItemSettings settings, DateTime? due, DateTime now) => settings is { Task: Tasks.File, DueFact: not null } && due > now
        ? now + ((due.Value - now) * Math.Sqrt(dice.Next()))
        : Later(dice, settings.Role, now);

    /// <summary>Some working days on, in office hours.</summary>
    public DateTime Later(Dice dice, string role, DateTime now)
    {
        var (least, most) = plan.Behaviour.DaysOf(role);
        var day = plan.Calendar.AddWorkingDays(ChinaTime.DateOf(now), dice.Between(Math.Max(0, least), Math.Max(0, most)));
        var at = ChinaTime.StartOfDay(day).AddHours(OfficeOpens).AddMinutes(dice.Between(0, OfficeMinutes));
        return at > now ? at : now.AddMinutes(dice.Between(1, OfficeMinutes));
    }
}
