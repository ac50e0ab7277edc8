namespace Applications.Data.Seed;

/// <summary>How far a demonstration batch has come.</summary>
internal enum DemoStage
{
    Filing,
    FormalCheck,
    Review,
    Ranking,
    Head,
    Leader,
    Notice,

    /// <summary>The notice is over; the officer has to announce.</summary>
    Announcing,
    Announced,
}

/// <summary>A demonstration batch.</summary>
/// <param name="Ordinal">第几批.</param>
/// <param name="DaysAgo">How long ago its call opened.</param>
/// <param name="First">Its first applicant's place among the demonstration enterprises.</param>
internal sealed record DemoPlan(string Ordinal, int DaysAgo, DemoStage Stage, int First, int Count)
{
    /// <summary>One batch at every stage, so that every desk has work on it.</summary>
    public static IReadOnlyList<DemoPlan> All { get; } =
    [
        new("第九批", 12, DemoStage.Filing, 1, 9),
        new("第八批", 41, DemoStage.FormalCheck, 11, 4),
        new("第七批", 54, DemoStage.Review, 15, 4),
        new("第六批", 75, DemoStage.Ranking, 19, 4),
        new("第五批", 80, DemoStage.Head, 23, 3),
        new("第四批", 85, DemoStage.Leader, 26, 3),
        new("第三批", 90, DemoStage.Notice, 29, 4),
        new("第二批", 110, DemoStage.Announcing, 38, 2),
        new("第一批", 150, DemoStage.Announced, 33, 5),
    ];
}

/// <summary>A stored demonstration attachment.</summary>
public sealed record DemoFile(string Sha256, long Size);
