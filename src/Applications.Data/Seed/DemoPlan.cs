namespace Applications.Data.Seed;

/// <summary>How far a demonstration batch has come.</summary>
internal enum DemoStage
{
    Filing,
    FormalCheck,

    /// <summary>Open all the year: some files are being checked, others wait for the next turn of review.</summary>
    Rolling,

    /// <summary>All files have passed the check; the officer has to ask for experts.</summary>
    Ready,

    /// <summary>An assignment of the files one by one waits for the head.</summary>
    Assigning,

    /// <summary>Files assigned one by one, most sheets locked, the rest overdue.</summary>
    Overdue,
    Review,

    /// <summary>Scored on paper; the officer has to seat the defence.</summary>
    Defence,

    /// <summary>Scored; the officer has to draw the sample for the site check.</summary>
    Sample,
    Ranking,
    Head,
    Leader,
    Notice,

    /// <summary>The notice is over; the officer has to announce.</summary>
    Announcing,
    Announced,

    /// <summary>Announced, and its experts rated.</summary>
    Rated,
}

/// <summary>A demonstration batch.</summary>
/// <param name="Programme">Its key.</param>
/// <param name="Name">What the batch is of, and which one of the year.</param>
/// <param name="DaysAgo">How long ago its call opened.</param>
/// <param name="First">Its first applicant's place among the demonstration enterprises.</param>
internal sealed record DemoPlan(string Programme, string Name, int DaysAgo, DemoStage Stage, int First, int Count)
{
    private const string OneTechnology = "one-enterprise-one-technology";

    /// <summary>One batch at every stage, so that every desk has work on it, one of each other programme, and what an assignment and its review look like with many files.</summary>
    public static IReadOnlyList<DemoPlan> All { get; } =
    [
        new(OneTechnology, "“一企一技术”研发中心（第九批）", 12, DemoStage.Filing, 1, 9),
        new(OneTechnology, "“一企一技术”研发中心（第八批）", 41, DemoStage.FormalCheck, 11, 4),
        new(OneTechnology, "“一企一技术”研发中心（第七批）", 54, DemoStage.Review, 15, 4),
        new(OneTechnology, "“一企一技术”研发中心（第六批）", 75, DemoStage.Ranking, 19, 4),
        new(OneTechnology, "“一企一技术”研发中心（第五批）", 80, DemoStage.Head, 23, 3),
        new(OneTechnology, "“一企一技术”研发中心（第四批）", 85, DemoStage.Leader, 26, 3),
        new(OneTechnology, "“一企一技术”研发中心（第三批）", 90, DemoStage.Notice, 29, 4),
        new(OneTechnology, "“一企一技术”研发中心（第二批）", 110, DemoStage.Announcing, 38, 2),
        new(OneTechnology, "“一企一技术”研发中心（第一批）", 150, DemoStage.Announced, 33, 5),
        new("manufacturing-innovation-centre-cultivation", "制造业创新中心培育", 10, DemoStage.Filing, 20, 3),
        new("manufacturing-innovation-centre-acceptance", "制造业创新中心验收认定", 62, DemoStage.Rolling, 24, 4),
        new("quality-benchmark-provincial", "省级质量标杆", 58, DemoStage.Defence, 29, 3),
        new("quality-benchmark-national", "国家质量标杆推荐", 8, DemoStage.Filing, 33, 2),
        new("century-brand", "百年品牌企业培育", 64, DemoStage.Sample, 36, 4),
        new("quality-benchmark-provincial", "省级质量标杆（第二批）", 70, DemoStage.Overdue, 7, 22),
        new("quality-benchmark-national", "国家质量标杆推荐（第一批）", 46, DemoStage.Assigning, 12, 6),
        new("century-brand", "百年品牌企业培育（第二批）", 44, DemoStage.Ready, 20, 6),
        new("manufacturing-innovation-centre-cultivation", "制造业创新中心培育（第一批）", 48, DemoStage.Ready, 27, 4),
        new(OneTechnology, "“一企一技术”研发中心（试点批）", 210, DemoStage.Rated, 23, 3),
    ];
}

/// <summary>A stored demonstration attachment.</summary>
public sealed record DemoFile(string Sha256, long Size);
