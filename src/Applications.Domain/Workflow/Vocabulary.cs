namespace Applications.Domain.Workflow;

/// <summary>The names that definitions may use in this system. A new one is a line here and the code that serves it.</summary>
public static class Vocabulary
{
    /// <summary>What this host knows; given to <see cref="WorkflowLoader"/>.</summary>
    public static WorkflowVocabulary Known { get; } = new(
        new HashSet<string> { Roles.Applicant, Roles.County, Roles.City, Roles.Officer, Roles.Head, Roles.Leader, Roles.Expert },
        new HashSet<string>
        {
            Tasks.File, Tasks.Check, Tasks.CityList, Tasks.FormalCheck, Tasks.Score, Tasks.AssignPanel, Tasks.DrawSample, Tasks.SiteCheck, Tasks.Synthesis,
            Tasks.ProposeList, Tasks.SignList, Tasks.Announce, Tasks.FinalResult, Tasks.TitleReport, Tasks.Evaluate, Tasks.Revocation, Tasks.SignRevocation, Tasks.Countersign,
        },
        new HashSet<string>
        {
            Commands.FreezeFiling, Commands.UseQuota, Commands.ReleaseQuota, Commands.Tally, Commands.IssueCertificate,
            Commands.PublishNotice, Commands.PublishAnnouncement, Commands.TakeResult, Commands.ExtendTitle, Commands.RevokeTitle,
        },
        new HashSet<string>
        {
            "receipt", "returned", "rejected", "supplement", "not-accepted", "recognised", "not-selected", "site-check-failed",
            "title-report-due", "title-report-overdue", "title-retained", "title-rectify", "title-revoked", "title-expired",
        },
        new HashSet<string>
        {
            "hasCounty", "windowOpen", "selected", "sampled", "panel", "filingClosesAt", "recommendationClosesAt", "noticeEndsAt",
            "anniversaryAt", "yearsHeld", "inOneYearAt",
        });
}

/// <summary>The posts people hold. One account, one post, one organisation.</summary>
public static class Roles
{
    /// <summary>申报单位.</summary>
    public const string Applicant = "applicant";

    /// <summary>县级工信部门.</summary>
    public const string County = "county";

    /// <summary>市级工信部门.</summary>
    public const string City = "city";

    /// <summary>省厅经办 (division officer).</summary>
    public const string Officer = "officer";

    /// <summary>处长 (division head).</summary>
    public const string Head = "head";

    /// <summary>分管厅领导.</summary>
    public const string Leader = "leader";

    /// <summary>专家库管理 (政策法规处): takes experts in and looks after the pool; runs no programme.</summary>
    public const string Pool = "pool";

    /// <summary>评审专家.</summary>
    public const string Expert = "expert";

    /// <summary>纪检监察: reads, never writes.</summary>
    public const string Inspector = "inspector";

    /// <summary>系统管理员: accounts and settings, no business data.</summary>
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Applicant, County, City, Officer, Head, Leader, Pool, Expert, Inspector, Admin];
}

/// <summary>Which page handles a work item.</summary>
public static class Tasks
{
    public const string File = "file";
    public const string Check = "check";
    public const string CityList = "city-list";
    public const string FormalCheck = "formal-check";
    public const string Score = "score";
    public const string AssignPanel = "assign-panel";
    /// <summary>抽取现场核查样本: the officer has the sample drawn (programmes.md 2.9, default).</summary>
    public const string DrawSample = "draw-sample";

    /// <summary>现场核查: outcome and conclusion on one case (2025 round of the manufacturing innovation centres, programmes.md 3.1, source S6).</summary>
    public const string SiteCheck = "site-check";

    /// <summary>综合论证: the department's conclusion from scores, defence and site check (programmes.md 3.1, source S2).</summary>
    public const string Synthesis = "synthesis";

    /// <summary>登记国家结果: what the ministry decided on a recommendation (programmes.md 3.3, source S43).</summary>
    public const string FinalResult = "final-result";

    /// <summary>年度报告、评价材料: what the holder of a title hands in (programmes.md 2.7).</summary>
    public const string TitleReport = "title-report";

    /// <summary>评价、复核: the officer's word on a title (programmes.md 2.7).</summary>
    public const string Evaluate = "evaluate";

    /// <summary>撤销核实: the officer looks into a ground of revocation (programmes.md 2.8).</summary>
    public const string Revocation = "revocation";

    /// <summary>撤销审签 by the division head (programmes.md 2.8; the step itself is a default).</summary>
    public const string SignRevocation = "sign-revocation";

    public const string ProposeList = "propose-list";
    public const string SignList = "sign-list";
    public const string Announce = "announce";

    /// <summary>会签: one of several signs.</summary>
    public const string Countersign = "countersign";

    /// <summary>加签: somebody whom the holder asked signs. No definition names it; it comes with an added signer.</summary>
    public const string SignOpinion = "sign-opinion";
}

/// <summary>Outcomes that mean the same in every definition; others are a definition's own.</summary>
public static class Outcomes
{
    /// <summary>退回修改: back to the applicant, with the fields to correct marked.</summary>
    public const string Return = "Return";

    /// <summary>要求补正: the department's one request to complete the file, with the fields marked.</summary>
    public const string Supplement = "Supplement";

    /// <summary>True when the application goes back to its owner with marked fields.</summary>
    public static bool SendsBack(string outcome) => outcome is Return or Supplement;
}

/// <summary>Domain commands that a flow may ask for.</summary>
public static class Commands
{
    /// <summary>Freezes answers, enterprise record and files as filed; gives the number the first time.</summary>
    public const string FreezeFiling = "freeze-filing";
    public const string UseQuota = "use-quota";
    public const string ReleaseQuota = "release-quota";
    public const string Tally = "tally";
    public const string IssueCertificate = "issue-certificate";
    /// <summary>Copies place and selection from the list that was signed.</summary>
    public const string TakeResult = "take-result";
    public const string PublishNotice = "publish-notice";
    public const string PublishAnnouncement = "publish-announcement";

    /// <summary>A title that was evaluated well holds for another term (programmes.md 2.7).</summary>
    public const string ExtendTitle = "extend-title";

    /// <summary>Takes a title away for the command's <c>ground</c>, or for the one the officer named (programmes.md 2.8, 3.2).</summary>
    public const string RevokeTitle = "revoke-title";

    /// <summary>The command that undoes <paramref name="command"/>, or null when it cannot be undone.</summary>
    public static string? Undoing(string command) => command switch
    {
        UseQuota => ReleaseQuota,
        ReleaseQuota => UseQuota,
        _ => null,
    };

    /// <summary>True when doing <paramref name="command"/> twice is as good as once, so that a return may lead over it again.</summary>
    public static bool IsRepeatable(string command) => command is FreezeFiling or Tally or TakeResult;
}
