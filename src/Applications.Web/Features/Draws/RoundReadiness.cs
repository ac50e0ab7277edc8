using Applications.Data.Workflow;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;

namespace Applications.Web.Features.Draws;

/// <summary>Where a running file stands.</summary>
/// <param name="Stage">The activity of its flow.</param>
/// <param name="Title">The same in words.</param>
/// <param name="Flow">The definition it runs by.</param>
public sealed record FileStanding(Guid Id, string Enterprise, string Stage, string Title, string Flow);

/// <summary>Why a round cannot be seated yet.</summary>
/// <param name="Files">Those that are in the way, or still on their way.</param>
public sealed record RoundHindrance(string Code, string Text, IReadOnlyList<FileStanding> Files)
{
    private const int Named = 5;

    /// <summary>The same where the files are not listed beside it.</summary>
    public string InFull => Files.Count == 0 ? Text : $"{Text.TrimEnd('。')}：{string.Join("、", Files.Take(Named).Select(a => a.Enterprise))}{(Files.Count > Named ? "等" : string.Empty)}。";
}

/// <summary>How far the files of a round are that is to be seated.</summary>
/// <param name="Waiting">At the round's gate.</param>
public sealed record RoundReadiness(IReadOnlyList<FileStanding> Waiting, RoundHindrance? Hindrance)
{
    /// <param name="running">Files that are neither over nor stayed.</param>
    public static RoundReadiness Of(DefinitionCatalog definitions, string round, bool rolling, IReadOnlyList<FileStanding> running)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        ArgumentNullException.ThrowIfNull(running);
        List<FileStanding> waiting = [.. running.Where(a => StageOf(a) is { Kind: GateKind } gate && gate.Kind.Answers(gate, round))];
        List<FileStanding> behind = [.. running.Except(waiting)];
        return new RoundReadiness(waiting, Hindrance());

        RoundHindrance? Hindrance()
        {
            if (rolling && behind.FindAll(a => StageOf(a).Kind is PanelReviewKind) is { Count: > 0 } scored)
            {
                return new RoundHindrance("reviews-open", $"还有 {scored.Count} 个项目的上一轮评审尚未完成，不能开始下一轮。", scored);
            }

            if (!rolling && behind.Count > 0 && behind.TrueForAll(a => StageOf(a).Kind is PanelReviewKind))
            {
                return new RoundHindrance("reviews-open", $"还有 {behind.Count} 个项目的上一轮评审尚未完成，完成后才能确定这一轮的专家。", behind);
            }

            if (!rolling && behind.Count > 0)
            {
                return new RoundHindrance("cases-still-checked", $"还有 {behind.Count} 件申报未完成形式审查或补正，请先办结。", behind);
            }

            return waiting.Count == 0 ? new RoundHindrance("nothing-to-review", "没有通过形式审查的申报，无法开始评审。", behind) : null;
        }

        Activity StageOf(FileStanding file) => definitions.Workflow(file.Flow).Get(file.Stage);
    }
}
