using System.Text.Json.Serialization;
using Applications.Domain.Common;
using Applications.Domain.Expressions;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;

namespace Applications.Domain.Rubrics;

/// <summary>
/// How files of a programme are scored, read from <c>rubric.json</c>: criteria in groups whose weights sum to 100 points in each
/// round. All scores are whole hundredths of a point.
/// </summary>
public sealed record RubricDefinition
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<CriterionGroup> Groups { get; init; }

    /// <summary>书面评审, 答辩 and so on with their shares of the result, in the order in which they are held; empty when there is one round only.</summary>
    public IReadOnlyList<ReviewRound> Rounds { get; init; } = [];

    /// <summary>Best first: 85 优秀, 60 合格, 0 不合格.</summary>
    public required IReadOnlyList<GradeLine> Grades { get; init; }

    public required SheetRules Sheet { get; init; }

    public required TallyRules Tally { get; init; }

    [JsonIgnore]
    public IEnumerable<Criterion> Criteria => Groups.SelectMany(g => g.Criteria);

    /// <summary>The rounds, or the one there is when the file names none.</summary>
    [JsonIgnore]
    public IReadOnlyList<ReviewRound> AllRounds => Rounds.Count == 0 ? [ReviewRound.Only] : Rounds;

    /// <summary>The rubric as the experts of one round have it: its criteria sum to 100 points.</summary>
    public RubricDefinition ForRound(string round) => this with { Groups = [.. Groups.Where(g => g.Round == round)], Rounds = [] };

    /// <summary>What the round is called.</summary>
    public string TitleOf(string round) => AllRounds.FirstOrDefault(r => r.Key == round)?.Title ?? round;

    public Criterion? Find(string key) => Criteria.FirstOrDefault(c => c.Key == key);

    /// <summary>The grade of a total in hundredths.</summary>
    public GradeLine GradeOf(int hundredths) => Grades.First(g => hundredths >= g.From * 100);

    /// <param name="json">The text of <c>rubric.json</c>.</param>
    /// <param name="fileName">Named in errors.</param>
    /// <param name="form">The form whose fields the measures speak of.</param>
    /// <exception cref="DefinitionException">The text is no valid rubric; the message names place and reason.</exception>
    public static RubricDefinition Parse(string json, string fileName, FormDefinition form)
    {
        var rubric = DefinitionJson.Parse<RubricDefinition>(json, fileName);
        var problems = new ProblemList(fileName);
        RubricDefinitionRules.Require(rubric, problems, form);
        problems.ThrowIfAny();
        return rubric;
    }
}

/// <summary>A round of review.</summary>
/// <param name="Key">Named by the flow that holds it: its gate, its seats and its panel.</param>
/// <param name="Weight">Per cent of the result.</param>
public sealed record ReviewRound(string Key, string Title, int Weight)
{
    /// <summary>The name of the one round of a programme that has no others.</summary>
    public const string Default = "review";

    public static ReviewRound Only { get; } = new(Default, "专家评审", 100);
}

/// <param name="Round">In which round the group is scored.</param>
public sealed record CriterionGroup(string Key, string Title, IReadOnlyList<Criterion> Criteria, string Round = ReviewRound.Default)
{
    [JsonIgnore]
    public int Weight => Criteria.Sum(c => c.Weight);
}

public enum Scoring
{
    /// <summary>Computed from the form; experts see it and cannot change it.</summary>
    Auto,

    /// <summary>Given by the expert; a measure, where there is one, only suggests.</summary>
    Expert,
}

/// <summary>One line of the rubric.</summary>
public sealed record Criterion
{
    public required string Key { get; init; }

    public required string Title { get; init; }

    /// <summary>Full points.</summary>
    public required int Weight { get; init; }

    public required Scoring Scoring { get; init; }

    /// <summary>What to look at and how to judge it.</summary>
    public required string Guidance { get; init; }

    /// <summary>The number the score turns on.</summary>
    public Script? Measure { get; init; }

    public ComputedFormat Format { get; init; }

    public string? Unit { get; init; }

    /// <summary>With <see cref="Full"/>: below the floor no points, from full all points, between them in a straight line.</summary>
    public double? Floor { get; init; }

    public double? Full { get; init; }

    /// <summary>Instead of floor and full: the share of the points from each line on, lowest first.</summary>
    public IReadOnlyList<Band> Bands { get; init; } = [];

    /// <summary>An expert's score is a multiple of this many hundredths.</summary>
    public int Step { get; init; } = 50;

    /// <summary>How sure we are of weight and lines.</summary>
    public required RuleTag Tag { get; init; }

    public string? Source { get; init; }

    [JsonIgnore]
    public int FullHundredths => Weight * 100;

    /// <summary>What a measure's score comes to when only multiples of the step may be given.</summary>
    public int Suggested(AutoScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return score.Hundredths / Step * Step;
    }
}

/// <summary>From <paramref name="From"/> on, <paramref name="Percent"/> of the criterion's points.</summary>
public sealed record Band(double From, int Percent);

/// <summary>A grade from <paramref name="From"/> points on.</summary>
public sealed record GradeLine(int From, string Label);

/// <summary>A total below or above these points needs a text of at least so many characters.</summary>
public sealed record SheetRules(int CommentBelow, int CommentAbove, int CommentLength);

/// <summary>
/// With at least <paramref name="DropFrom"/> sheets one highest and one lowest are left out; a spread above <paramref name="SpreadLimit"/> points or a
/// standard deviation above <paramref name="DeviationLimit"/> points is flagged.
/// </summary>
public sealed record TallyRules(int DropFrom, int SpreadLimit, int DeviationLimit);
