using Applications.Domain.Experts.Conflicts;
using Applications.Domain.Workflow;

namespace Applications.Domain.Cases;

/// <summary>
/// One enterprise's application in one batch (申报件). Its standing is moved by <see cref="Stand"/> only, with what the engine decided.
/// </summary>
public sealed class Application
{
    public required Guid Id { get; init; }

    public required Guid BatchId { get; init; }

    public required Guid EnterpriseId { get; init; }

    /// <summary>The recommending city bureau.</summary>
    public required Guid CityId { get; init; }

    /// <summary>The county bureau that checks first; null where the city checks alone.</summary>
    public Guid? CountyId { get; init; }

    /// <summary>As it was called when it last filed; lists read it without a join.</summary>
    public required string EnterpriseName { get; set; }

    public required string CityName { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Given at the first filing, never reused.</summary>
    public string? Number { get; private set; }

    /// <summary>UTC of the first filing.</summary>
    public DateTime? SubmittedAt { get; private set; }

    /// <summary>How many times it was filed: 1 after submission, more after corrections.</summary>
    public int FilingRound { get; private set; }

    /// <summary>The draft as the form keeps it (JSON object by field key).</summary>
    public string Answers { get; private set; } = "{}";

    public DateTime? AnswersSavedAt { get; private set; }

    public string? AnswersSavedBy { get; private set; }

    /// <summary>Fields sent back for correction with the checker's remark (JSON object field key → remark); empty object when all are open.</summary>
    public string Marks { get; private set; } = "{}";

    /// <summary>Experts whom the applicant asks not to have.</summary>
    public IReadOnlyList<Avoidance> Avoidances { get; private set; } = [];

    /// <summary>What the applicant has to say to the findings of the cross-checks (JSON object finding key → word).</summary>
    public string Explanations { get; private set; } = "{}";

    /// <summary>Keys of the fields that were taken over, from an earlier application or from paper, and that nobody has looked at yet (JSON array); null when none was.</summary>
    public string? Carried { get; private set; }

    /// <summary>Batch and number of the earlier application in words, or who typed the paper in.</summary>
    public string? CarriedFrom { get; private set; }

    /// <summary>The earlier application; null for what came on paper.</summary>
    public Guid? CarriedFromId { get; private set; }

    /// <summary>The engine's memory of this case.</summary>
    public WorkflowState State { get; private set; } = null!;

    /// <summary>The definition version it stands on, as the state says; a column of its own so that lists can ask for it.</summary>
    public string DefinitionId { get; private set; } = string.Empty;

    /// <summary>Since when the case is stayed (中止), as the state says; lists of those that go on leave it out.</summary>
    public DateTime? SuspendedAt { get; private set; }

    /// <summary>Activity id where it stands, or the End it reached.</summary>
    public string Stage { get; private set; } = string.Empty;

    public string StageTitle { get; private set; } = string.Empty;

    public DateTime StageSince { get; private set; }

    public DateTime? StageDue { get; private set; }

    /// <summary>Whose turn it is (<see cref="Accounts.Actor.Holder"/>), null when it waits for its batch or is over.</summary>
    public string? Holder { get; private set; }

    /// <summary>The End's id once it is over.</summary>
    public string? Result { get; private set; }

    /// <summary>The city's order among those it recommends, 1 first.</summary>
    public int? CityRank { get; set; }

    /// <summary>True while it uses up one of its city's places.</summary>
    public bool HoldsQuota { get; set; }

    /// <summary>Panel result in hundredths of a point.</summary>
    public int? Score { get; set; }

    /// <summary>True when the panel's scores lie too far apart (see the tally).</summary>
    public bool ScoreFlagged { get; set; }

    /// <summary>Place in the batch; ties share one.</summary>
    public int? Rank { get; set; }

    /// <summary>On the signed list.</summary>
    public bool? Selected { get; set; }

    /// <summary>Drawn for the site check; null where no sample was drawn.</summary>
    public bool? Sampled { get; set; }

    /// <summary>Last number used in the journal.</summary>
    public int JournalLength { get; set; }

    /// <summary>Hash of the journal's last entry.</summary>
    public string JournalHead { get; set; } = string.Empty;

    /// <summary>Changes with every write; a write that saw another one is refused.</summary>
    public Guid Version { get; set; }

    /// <summary>True while only marked fields, and what depends on them, may be changed.</summary>
    public bool HasMarks => Marks is not ("{}" or "");

    public bool IsDraft => FilingRound == 0 && Result is null;

    public void SaveAnswers(string answers, string by, DateTime at)
    {
        Answers = answers;
        AnswersSavedAt = at;
        AnswersSavedBy = by;
    }

    /// <summary>Notes from which application which fields were taken over.</summary>
    public void Carry(Guid? from, string name, string fields)
    {
        CarriedFromId = from;
        CarriedFrom = name;
        Carried = fields;
    }

    /// <summary>Notes which of the fields taken over are still to be looked at.</summary>
    public void KeepCarried(string fields) => Carried = fields;

    /// <summary>Counts a filing and, the first time, gives the number.</summary>
    public void File(Func<string> number, DateTime at)
    {
        Number ??= number();
        SubmittedAt ??= at;
        FilingRound++;
        Marks = "{}";
    }

    /// <summary>Keeps the applicant's words to the findings; they are frozen with the filing.</summary>
    public void Explain(string explanations) => Explanations = explanations;

    /// <summary>Notes which fields the applicant is to correct.</summary>
    public void Mark(string marks) => Marks = marks;

    /// <summary>Names the experts whom the applicant asks not to have; whether it is still time for it the caller knows.</summary>
    /// <exception cref="Common.RuleBrokenException">Too many, one twice, or one without a reason.</exception>
    public void Avoid(IReadOnlyList<Avoidance> avoidances, ConflictRules rules)
    {
        CaseFacts.RequireAvoidances(avoidances, rules);
        Avoidances = avoidances;
    }

    /// <summary>Takes over what the engine decided. Called by the workflow host only.</summary>
    public void Stand(WorkflowState state, Standing standing)
    {
        State = state;
        DefinitionId = state.DefinitionId;
        SuspendedAt = state.SuspendedSince;
        Result = state.Result;
        Stage = standing.Stage;
        StageTitle = standing.Title;
        StageSince = standing.Since;
        StageDue = standing.Due;
        Holder = standing.Holder;
    }
}

/// <summary>The case's place as lists show it.</summary>
public sealed record Standing(string Stage, string Title, DateTime Since, DateTime? Due, string? Holder);
