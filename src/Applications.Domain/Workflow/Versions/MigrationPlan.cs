namespace Applications.Domain.Workflow.Versions;

/// <summary>Where one token stands and where it would stand.</summary>
/// <param name="Token">As it is now.</param>
/// <param name="From">The step of the present version.</param>
/// <param name="To">The step of the target version; null when there is none.</param>
/// <param name="Due">Until when, by the target version's rule.</param>
/// <param name="IsTimed">True when the engine must be told at <paramref name="Due"/>.</param>
public sealed record TokenMove(Token Token, Activity From, Activity? To, DateTime? Due, bool IsTimed);

/// <summary>Why a case cannot be moved.</summary>
/// <param name="Code">Stable name of the reason.</param>
/// <param name="Place">The step it is about; empty when it is about the whole case.</param>
/// <param name="Reason">For people, in Chinese.</param>
public sealed record MigrationObstacle(string Code, string Place, string Reason);

/// <summary>What moving one case to another version would do. Nothing is entered again and no effect is repeated: only places get other names.</summary>
/// <param name="Tokens">Where each token would stand.</param>
/// <param name="Obstacles">Why not; empty when the case can be moved.</param>
/// <param name="State">The moved state; null when the case cannot be moved.</param>
public sealed record MigrationPlan(IReadOnlyList<TokenMove> Tokens, IReadOnlyList<MigrationObstacle> Obstacles, WorkflowState? State)
{
    public bool CanMove => State is not null;
}

/// <summary>What a plan depends on besides the two versions and the state.</summary>
/// <param name="Context">Time, calendar and facts of the case.</param>
/// <param name="SentSignals">What the batch has already told its cases.</param>
/// <param name="BatchSignals">All that the batch's flow can ever tell them; null when that is not known.</param>
public sealed record MigrationWorld(WorkflowContext Context, IReadOnlyCollection<string> SentSignals, IReadOnlySet<string>? BatchSignals);
