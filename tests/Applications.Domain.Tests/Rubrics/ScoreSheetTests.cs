using Applications.Domain.Rubrics;
using Applications.Domain.Tests.Programmes;

namespace Applications.Domain.Tests.Rubrics;

public sealed class ScoreSheetTests
{
    private static readonly RubricDefinition Rubric = Folders.OneTechnology.Rubric;

    [Theory]
    [InlineData(100, null, true)]
    [InlineData(0, null, true)]
    [InlineData(80, null, false)]
    [InlineData(0, "材料齐全但核心技术与申报方向关联不足，近两年知识产权质量一般，研发投入强度明显低于同行，建议补充技术对比与应用证明后再次申报。", false)]
    public void Validate_ExtremeTotal_NeedsAText(int percent, string? comment, bool refused)
    {
        var sheet = Sheet(percent) with { Comment = comment };

        Assert.Equal(refused, sheet.Validate(Rubric).Count > 0);
    }

    [Fact]
    public void Validate_OutOfRangeOffStepMissingOrUnknown_SaysWhich()
    {
        var expert = Rubric.Criteria.Where(c => c.Scoring is Scoring.Expert).Take(3).ToList();
        var scores = new Dictionary<string, int>(Sheet(80).Scores) { [expert[0].Key] = expert[0].FullHundredths + 50, [expert[1].Key] = 33, ["other"] = 1 };
        scores.Remove(expert[2].Key);

        var errors = new ScoreSheet { Scores = scores }.Validate(Rubric);

        Assert.Equal([expert[0].Key, expert[1].Key, expert[2].Key, "other"], errors.Select(e => e.CriterionKey));
    }

    [Fact]
    public void WithAuto_PutsTheComputedScoresInWhateverTheExpertSent()
    {
        var auto = Rubric.Criteria.First(c => c.Scoring is Scoring.Auto);
        var sent = new ScoreSheet { Scores = new Dictionary<string, int> { [auto.Key] = auto.FullHundredths } };

        var sheet = sent.WithAuto(Rubric, new Dictionary<string, AutoScore> { [auto.Key] = new(auto, 1, 123) });

        Assert.Equal(123, sheet.Scores[auto.Key]);
        Assert.Equal(123, sheet.Total);
    }

    [Theory]
    [InlineData("rdStaffShare", 0.019, 0)]
    [InlineData("rdStaffShare", 0.06, 450)]
    [InlineData("rdStaffShare", 0.10, 900)]
    [InlineData("rdStaffShare", 0.50, 900)]
    [InlineData("rdIntensity", 0.03, 720)]
    [InlineData("rdIntensity", 0.0299, 480)]
    [InlineData("nationalPlatforms", 1.0, 100)]
    [InlineData("rdStaffShare", null, 0)]
    public void Points_AtTheLines(string criterion, double? measure, int hundredths) =>
        Assert.Equal(hundredths, AutoScorer.Points(Rubric.Find(criterion)!, measure));

    [Theory]
    [InlineData(8500, "优秀")]
    [InlineData(8499, "合格")]
    [InlineData(5999, "不合格")]
    public void GradeOf_AtTheLines(int total, string grade) => Assert.Equal(grade, Rubric.GradeOf(total).Label);

    private static ScoreSheet Sheet(int percent) => new()
    {
        Scores = Rubric.Criteria.ToDictionary(c => c.Key, c => c.Scoring is Scoring.Auto ? c.Weight * percent : c.Weight * percent / c.Step * c.Step),
    };
}
