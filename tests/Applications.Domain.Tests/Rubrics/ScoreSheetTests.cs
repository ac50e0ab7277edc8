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
    public void Faults_OfADraft_TellWhatIsWrongAndNotWhatIsMissing()
    {
        var expert = Rubric.Criteria.Where(c => c.Scoring is Scoring.Expert).Take(2).ToList();

        var errors = new ScoreSheet { Scores = new Dictionary<string, int> { [expert[0].Key] = 9_900 } }.Faults(Rubric, new Dictionary<string, string> { [expert[1].Key] = "两分" });

        Assert.Equal(
            [$"“{expert[0].Title}”应在 0 至 {expert[0].Weight} 分之间，现为 99 分。", $"“{expert[1].Title}”填写的“两分”不是数字，请填 0 至 {expert[1].Weight} 分，以 0.5 分为一档。"],
            errors.Select(e => e.Message));
    }

    [Theory]
    [InlineData("rdProjects", 8.0, "3 项及以下 0 分，50 项及以上 3 分，其间按比例", "（8 项 − 3 项）÷（50 项 − 3 项）× 3 分 = 0.32 分，以 0.5 分为一档取 0 分")]
    [InlineData("rdProjects", 50.0, "3 项及以下 0 分，50 项及以上 3 分，其间按比例", null)]
    [InlineData("rdStaffShare", 0.06, "2%及以下 0 分，10%及以上 9 分，其间按比例", "（6% − 2%）÷（10% − 2%）× 9 分 = 4.5 分")]
    [InlineData("nationalPlatforms", 1.0, "1 个起 1 分，2 个起 2 分；不足 1 个 0 分", null)]
    [InlineData("nationalPlatforms", null, "1 个起 1 分，2 个起 2 分；不足 1 个 0 分", "申报数据中没有这个数，按 0 分计")]
    public void Words_TellTheRuleAndTheArithmetic(string key, double? measure, string rule, string? arithmetic)
    {
        var criterion = Rubric.Find(key)!;

        Assert.Equal(rule, ScoringWords.Rule(criterion));
        Assert.Equal(arithmetic, ScoringWords.Arithmetic(new AutoScore(criterion, measure, AutoScorer.Points(criterion, measure))));
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
