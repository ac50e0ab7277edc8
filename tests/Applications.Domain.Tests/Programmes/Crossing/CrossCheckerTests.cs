using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Domain.Programmes.Crossing;

namespace Applications.Domain.Tests.Programmes.Crossing;

public sealed class CrossCheckerTests
{
    private static readonly ProgrammeDefinition Programme = Folders.OneTechnology.Programme;
    private static readonly FormDefinition Form = Folders.OneTechnology.Form;
    private static readonly Guid Other = Guid.NewGuid();

    [Theory]
    [InlineData("ZL 2022 1 0100000.0", "ZL202210100000.0")]
    [InlineData("ｚｌ２０２２１０１０００００．０", "ZL202210100000.0")]
    [InlineData("zl202210100000·0", "ZL202210100000.0")]
    public void Plain_SameNumberOtherwiseWritten_IsTheSame(string one, string two) => Assert.Equal(Claim.Plain(two), Claim.Plain(one));

    [Fact]
    public void Of_Sample_ClaimsItsPatentsCopyrightsAndProjectsOnce()
    {
        var answers = Folders.Sample.NewAnswers();
        answers["patents"]!.AsArray().Add(answers.Rows("patents")[0].DeepClone());

        var claims = Claim.Of(Programme, answers);

        Assert.Equal(
            [("patent", 32), ("copyright", 3), ("project", 7)],
            claims.GroupBy(c => c.Kind).Select(g => (g.Key, g.Count())));
    }

    [Fact]
    public void Check_PatentOfAnotherEnterprise_IsToldToOfficersByNameAndToTheApplicantWithout()
    {
        var answers = Folders.Sample.NewAnswers();
        var patent = Claim.Of(Programme, answers)[0];

        var finding = Assert.Single(CrossChecker.Check(Programme, Form, answers, [Hit(patent, own: false)], null));

        Assert.Equal(("P2-X1", false, Other), (finding.Check.Id, finding.AsksReason, finding.CaseId));
        Assert.Contains("乙公司", finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("乙公司", finding.ForApplicant, StringComparison.Ordinal);
        Assert.Contains(patent.Shown, finding.ForApplicant, StringComparison.Ordinal);
    }

    /// <summary>A firm's own project goes on and stands in its applications year after year; a patent that counts twice is told of.</summary>
    [Theory]
    [InlineData("patent", true, 1)]
    [InlineData("project", true, 0)]
    [InlineData("project", false, 1)]
    public void Check_Scope_SaysWhoseOtherApplicationsCount(string kind, bool own, int findings)
    {
        var answers = Folders.Sample.NewAnswers();
        var claim = Claim.Of(Programme, answers).First(c => c.Kind == kind);

        Assert.Equal(findings, CrossChecker.Check(Programme, Form, answers, [Hit(claim, own)], null).Count);
    }

    /// <summary>The same year filed again: told of from five per cent on.</summary>
    [Theory]
    [InlineData(105, true)]
    [InlineData(104.99, false)]
    [InlineData(95, true)]
    [InlineData(95.01, false)]
    [InlineData(100, false)]
    public void Check_FigureOfAYearFiledBefore_RestatedByFivePerCent(double percent, bool found)
    {
        var answers = Folders.Sample.NewAnswers();
        var earlier = Folders.Sample.NewAnswers();
        var row = answers.Rows("yearFigures")[1];
        earlier.Rows("yearFigures")[1]["revenue"] = 10_000_000_000;
        row["revenue"] = (long)(percent * 100_000_000);

        var findings = CrossChecker.Check(Programme, Form, answers, [], Earlier(earlier));

        Assert.Equal(found ? [("P2-X8:revenue:2024", true)] : [], findings.Select(f => (f.Key, f.AsksReason)));
    }

    /// <summary>The newest year against the newest year of the last filing: told of from fifty per cent on.</summary>
    [Theory]
    [InlineData(150, true)]
    [InlineData(149.99, false)]
    [InlineData(50, true)]
    [InlineData(50.01, false)]
    public void Check_NewestYear_JumpsByHalf(double percent, bool found)
    {
        var answers = Folders.Sample.NewAnswers();
        var earlier = Folders.Sample.NewAnswers();
        Array.ForEach([0, 1, 2], i => earlier.Rows("yearFigures")[i]["year"] = 2024 - i);
        foreach (var row in answers.Rows("yearFigures"))
        {
            foreach (var old in earlier.Rows("yearFigures"))
            {
                foreach (var column in new[] { "staff", "rdStaff", "revenue", "profit", "rdSpend", "rdEquipment" })
                {
                    (row[column], old[column]) = (100_000_000, 100_000_000);
                }
            }
        }

        answers.Rows("yearFigures")[0]["rdSpend"] = (long)(percent * 1_000_000);

        var findings = CrossChecker.Check(Programme, Form, answers, [], Earlier(earlier));

        Assert.Equal(found ? ["P2-X9:rdSpend:2025"] : [], findings.Select(f => f.Key));
    }

    [Fact]
    public void Check_ProfitThatTurned_IsTold()
    {
        var answers = Folders.Sample.NewAnswers();
        var earlier = Folders.Sample.NewAnswers();
        answers.Rows("yearFigures")[2]["profit"] = -1_000_000;

        var finding = Assert.Single(CrossChecker.Check(Programme, Form, answers, [], Earlier(earlier)));

        Assert.Contains("填报 2023 年为 1,640 万元，本次填报 2023 年为 -1 万元，减少", finding.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"field\": \"patents\", \"columns\": [\"number\"]", "\"field\": \"patent\", \"columns\": [\"number\"]", "field")]
    [InlineData("\"field\": \"patents\", \"columns\": [\"number\"]", "\"field\": \"patents\", \"columns\": [\"no\"]", "columns")]
    [InlineData("\"columns\": [\"number\"], \"claims\": \"patent\"", "\"columns\": [\"number\"]", "claims")]
    [InlineData("\"percent\": 50", "\"percent\": 0", "percent")]
    public void Parse_Flawed_SaysThePlace(string sound, string flawed, string place)
    {
        var json = Folders.Read(Folders.Main, "programme.json");
        Assert.Contains(sound, json, StringComparison.Ordinal);

        var refused = Assert.Throws<DefinitionException>(() => ProgrammeDefinition.Parse(json.Replace(sound, flawed, StringComparison.Ordinal), "programme.json", Form));

        Assert.Contains(refused.Problems, p => p.Place.StartsWith("$.crossChecks", StringComparison.Ordinal) && p.Place.EndsWith(place, StringComparison.Ordinal));
    }

    private static ClaimHit Hit(Claim claim, bool own) => new(claim.Kind, claim.Text, Other, "SD-1", own ? "甲公司" : "乙公司", "去年的批次", own);

    private static EarlierFiling Earlier(Answers answers) => new(Other, "SD-0", "去年的批次", Form, answers);
}
