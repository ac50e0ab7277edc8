using Applications.Domain.Trail;

namespace Applications.Data.Workflow;

/// <summary>Writes and checks the hash-chained story of a case, batch or title.</summary>
public static class Journal
{
    internal static void Append(ApplicationsDbContext db, FlowSubject subject, Step step, DateTime now)
    {
        var sequence = subject.JournalLength + 1;
        var standsAt = subject.StandsAt;
        var previous = subject.JournalHead;
        var hash = JournalEntry.HashOf(
            subject.Id, sequence, now, step.Actor.UserId, step.Actor.Name, step.Actor.Role, step.Kind, step.Activity.Id, step.Activity.Title,
            step.Outcome, step.Label, step.Reason, standsAt, previous);
        db.Journal.Add(new JournalEntry
        {
            SubjectId = subject.Id,
            Sequence = sequence,
            At = now,
            ActorId = step.Actor.UserId,
            ActorName = step.Actor.Name,
            ActorRole = step.Actor.Role,
            Kind = step.Kind,
            Activity = step.Activity.Id,
            ActivityTitle = step.Activity.Title,
            Outcome = step.Outcome,
            OutcomeLabel = step.Label,
            Reason = step.Reason,
            StandsAt = standsAt,
            PreviousHash = previous,
            Hash = hash,
        });
        subject.JournalLength = sequence;
        subject.JournalHead = hash;
    }

    /// <summary>The first entry that does not fit its chain, or null when all do. Entries must be the whole journal of one subject in order.</summary>
    public static JournalEntry? FirstBroken(IReadOnlyList<JournalEntry> entries)
    {
        var previous = string.Empty;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (entry.Sequence != i + 1 || entry.PreviousHash != previous || entry.Hash != entry.ComputeHash())
            {
                return entry;
            }

            previous = entry.Hash;
        }

        return null;
    }
}
