using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Applications.Domain.Common;
using Applications.Domain.Expressions;
using Applications.Domain.Forms;
using Applications.Domain.Programmes.Crossing;

namespace Applications.Domain.Programmes;

/// <summary>
/// A programme's rules as data, read from <c>programme.json</c>: who may apply and by which clause, quotas, time limits, validity,
/// revocation. A batch keeps the <see cref="RuleSet"/> that was in force when its call opened.
/// </summary>
public sealed record ProgrammeDefinition
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>The folder's name, for example one-enterprise-one-technology; for a track of a programme <c>programme-track</c>.</summary>
    public required string Key { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    public required string ShortName { get; init; }

    public string? Summary { get; init; }

    /// <summary>Key of the form's field that names what is recognised, where that is not the enterprise: an experience, a centre (programmes.md 3.3).</summary>
    public string? ObjectField { get; init; }

    /// <summary>Where the form names units and persons that take part beside the applicant; experts bound to them may not judge.</summary>
    public IReadOnlyList<PartyField> Parties { get; init; } = [];

    /// <summary>What the signed list is called: 认定名单, 培育名单, 推荐名单.</summary>
    public string ListName { get; init; } = "认定名单";

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<RuleSet> RuleSets { get; init; }

    public required IReadOnlyList<EligibilityRule> Eligibility { get; init; }

    /// <summary>What is looked for in other applications.</summary>
    public IReadOnlyList<CrossCheck> CrossChecks { get; init; } = [];

    /// <summary>How many enterprises a city may recommend in a batch unless the batch says otherwise; null where there is no quota (成熟一个，认定一个).</summary>
    public int? QuotaPerCity { get; init; }

    /// <summary>Per cent of the cases whose sites are checked, where a sample is drawn.</summary>
    public int? SiteCheckPercent { get; init; }

    /// <summary>Points of 100 from which a file may be proposed.</summary>
    public required int PassLine { get; init; }

    /// <summary>How long a revoked title bars a new application, for grounds that bar.</summary>
    public required int BanMonths { get; init; }

    /// <summary>How long a title holds before its evaluation.</summary>
    public required int ValidityMonths { get; init; }

    /// <summary>How far back bad records count.</summary>
    public required int BadRecordMonths { get; init; }

    public required TimeLimits LimitsInWorkingDays { get; init; }

    /// <summary>What the department ticks at the formal check.</summary>
    public required IReadOnlyList<ChecklistItem> FormalChecklist { get; init; }

    /// <summary>Stands before the year and number of a certificate, for example 鲁研.</summary>
    public required string CertificatePrefix { get; init; }

    public required IReadOnlyList<RevocationGround> RevocationGrounds { get; init; }

    /// <summary>The rule set in force on <paramref name="callOpened"/>: the latest that had begun and not ended; null when there is none.</summary>
    public RuleSet? RuleSetOn(DateOnly callOpened) => RuleSets
        .Where(r => r.EffectiveFrom <= callOpened && (r.EffectiveTo is null || callOpened <= r.EffectiveTo))
        .MaxBy(r => r.EffectiveFrom);

    public RuleSet? FindRuleSet(string id) => RuleSets.FirstOrDefault(r => r.Id == id);

    /// <summary>The first day an enterprise may apply again after a revocation; null when it may at once.</summary>
    public DateOnly? BannedUntil(string ground, DateOnly revokedOn) =>
        RevocationGrounds.FirstOrDefault(g => g.Key == ground) is { Bars: false } ? null : revokedOn.AddMonths(BanMonths);

    /// <summary>What <paramref name="answers"/> ask to have recognised; null where it is the enterprise itself.</summary>
    public string? ObjectOf(Answers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return ObjectField is { } field && answers[field] is JsonValue value && value.TryGetValue<string>(out var name) && name.Length > 0 ? name : null;
    }

    /// <param name="json">The text of <c>programme.json</c>.</param>
    /// <param name="fileName">Named in errors.</param>
    /// <param name="form">The form whose fields the rules speak of.</param>
    /// <exception cref="DefinitionException">The text is no valid programme; the message names place and reason.</exception>
    public static ProgrammeDefinition Parse(string json, string fileName, FormDefinition form)
    {
        var programme = DefinitionJson.Parse<ProgrammeDefinition>(json, fileName);
        var problems = new ProblemList(fileName);
        ProgrammeDefinitionRules.Require(programme, problems, form);
        problems.ThrowIfAny();
        return programme;
    }
}

/// <summary>One edition of the official rules.</summary>
public sealed record RuleSet
{
    public required string Id { get; init; }

    /// <summary>文号, for example 鲁工信技〔2020〕37号.</summary>
    public required string DocNo { get; init; }

    public required string Title { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Last day in force; null while it is.</summary>
    public DateOnly? EffectiveTo { get; init; }

    public string? Source { get; init; }

    public string? Note { get; init; }
}

/// <summary>How sure we are of a rule.</summary>
public enum RuleTag
{
    /// <summary>Stated in a document of the department.</summary>
    Found,

    /// <summary>Taken from an official text of another place or level.</summary>
    Analogue,

    /// <summary>A default that the department should confirm.</summary>
    Default,
}

public enum RuleKind
{
    /// <summary>Failing it bars the application.</summary>
    Hard,

    /// <summary>原则上: failing it needs the city's written reason.</summary>
    Soft,

    /// <summary>Failing it is shown to those who check.</summary>
    Warn,
}

/// <summary>A condition for applying.</summary>
public sealed record EligibilityRule
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required RuleKind Kind { get; init; }

    /// <summary>The editions the rule belongs to, each with the place that states it.</summary>
    public required IReadOnlyList<RuleClause> Clauses { get; init; }

    /// <summary>True when met, false when not, null when something is not yet known. Sees also <c>history</c>.</summary>
    public required Script Expression { get; init; }

    /// <summary>The numbers the rule turns on, shown beside the result. One that is null makes a result that is not true unknown.</summary>
    public IReadOnlyList<RuleFigure> Figures { get; init; } = [];

    public required string FailMessage { get; init; }

    public RuleClause? ClauseIn(RuleSet ruleSet) => Clauses.FirstOrDefault(c => c.RuleSet == ruleSet.Id);
}

/// <summary>Where an edition states a rule: document number with article or row.</summary>
public sealed record RuleClause(string RuleSet, string Clause, RuleTag Tag);

public sealed record RuleFigure
{
    public required string Label { get; init; }

    public required Script Expression { get; init; }

    public ComputedFormat Format { get; init; }

    public string? Unit { get; init; }

    /// <summary>The line to reach, as people read it: ≥ 15 项.</summary>
    public string? Threshold { get; init; }

    /// <summary>Left out unless this holds.</summary>
    public Script? When { get; init; }
}

/// <summary>Working days for each step (programmes.md 2.3).</summary>
public sealed record TimeLimits
{
    public required int Supplement { get; init; }

    public required int CountyReview { get; init; }

    public required int CityReview { get; init; }

    public required int FormalCheck { get; init; }

    public required int Review { get; init; }

    public required int Notice { get; init; }
}

public sealed record ChecklistItem(string Key, string Text, string Clause, RuleTag Tag);

/// <summary>Why a title may be revoked; <paramref name="Bars"/> tells whether it bars a new application for the ban's months.</summary>
public sealed record RevocationGround(string Key, string Text, string Clause, bool Bars);
