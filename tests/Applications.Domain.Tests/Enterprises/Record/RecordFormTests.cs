using System.Text.Json.Nodes;
using Applications.Domain.Enterprises;
using Applications.Domain.Enterprises.Record;
using Applications.Domain.Forms;
using Applications.Domain.Tests.Programmes;

namespace Applications.Domain.Tests.Enterprises.Record;

public sealed class RecordFormTests
{
    private static readonly EnterpriseProfile Profile = Folders.Sample.Enterprise;

    private static readonly DateOnly Today = new(2026, 3, 15);

    [Fact]
    public void Read_RecordOfTheSample_IsInOrderInEverySection()
    {
        var check = RecordForm.Check(RecordForm.Read(Profile, Folders.Sample.Figures), Profile, 2026, Today);

        Assert.Empty(check.Errors.Select(e => $"{e.InputName}: {e.Message}"));
        Assert.All(check.Sections, s => Assert.Equal((s.Key, ProgressState.Complete), (s.Key, s.State)));
    }

    [Fact]
    public void Apply_EverySectionAsItWasRead_ChangesNothing()
    {
        var answers = RecordForm.Read(Profile, Folders.Sample.Figures);

        var same = RecordForm.Definition.Sections.Where(s => s.Key != RecordForm.Figures).Aggregate(Profile, (p, s) => RecordForm.Apply(p, answers, s.Key));

        Assert.Empty(RecordDiff.Between(answers, RecordForm.Read(same, Folders.Sample.Figures)));
        Assert.Equal(Profile.Patents, same.Patents);
        Assert.Equal((Profile.CityCode, Profile.CountyCode), (same.CityCode, same.CountyCode));
    }

    [Fact]
    public void Apply_RowsTypedOnThePage_AreTypedEntries()
    {
        var posted = new (string, string)[]
        {
            ("projects.index", ""), ("projects.index", "a"), ("projects[a].name", "示例项目"), ("projects[a].level", "own"), ("projects[a].kind", "applied"),
            ("projects[a].startOn", "2025-01-01"), ("projects[a].endOn", "2026-01-01"), ("projects[a].budget", "12.5"), ("projects[a].isJoint", "true"), ("projects.index", "b"),
        }.ToLookup(p => p.Item1, p => p.Item2);

        var answers = FormBinder.Bind(RecordForm.Definition, posted, RecordForm.Read(Profile, []), "projects");
        var project = Assert.Single(RecordForm.Apply(Profile, answers, "projects").Projects);

        Assert.Equal(new ResearchProject("示例项目", "own", "applied", new DateOnly(2025, 1, 1), new DateOnly(2026, 1, 1), 12_500_000, null, true), project);
    }

    [Theory]
    [InlineData("grantDate", "2022-01-14", "授权公告日早于申请日。")]
    [InlineData("grantDate", null, "请填写授权公告日")]
    [InlineData("kind", "另一种", null)]
    public void Check_FlawedPatent_StandsAtItsCell(string column, string? value, string? message)
    {
        var answers = RecordForm.Read(Profile, Folders.Sample.Figures);
        answers.Rows("patents")[0][column] = value is null ? null : JsonValue.Create(value);

        var error = Assert.Single(RecordForm.Check(answers, Profile, 2026, Today).Errors);

        Assert.Equal((0, column), (error.Row, error.Column));
        Assert.Contains(message ?? string.Empty, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Between_TellsWhatWasChangedAddedAndTakenAway()
    {
        var before = RecordForm.Read(Profile, Folders.Sample.Figures);
        var changed = Profile with
        {
            Address = "新地址",
            Awards = [],
            Patents = [.. Profile.Patents.Skip(1).Prepend(Profile.Patents[0] with { Status = "accepted", GrantDate = null }), new Patent("utility", "ZL1", "新专利", "granted")],
        };
        var years = Folders.Sample.Figures.Select(f => f.Year == 2025 ? f with { Revenue = 30_000_000_000 } : f).ToList();

        var changes = RecordDiff.Between(before, RecordForm.Read(changed, years));

        Assert.Equal(
            [
                ("注册地址", null, Profile.Address, "新地址"),
                ("近三年主要数据：营业收入", "2025", "21,800 万元", "30,000 万元"),
                ("专利：状态", Profile.Patents[0].Number, "已授权且有效", "已受理"),
                ("专利：授权公告日", Profile.Patents[0].Number, "2025年1月20日", null),
                ("专利", "ZL1", null, "实用新型，ZL1，新专利，已授权且有效"),
                ("科技奖励", Profile.Awards[0].Name, $"{Profile.Awards[0].Name}，省级，2024", null),
            ],
            changes.Select(c => (c.Label, c.Entry, c.Before, c.After)));
    }

    [Fact]
    public void Of_TellsWhatEndsWithinSixtyDaysOrHasEnded()
    {
        var profile = Profile with
        {
            Qualifications = [new("到期", ExpiresOn: Today.AddDays(-1)), new("临近", ExpiresOn: Today.AddDays(60)), new("尚早", ExpiresOn: Today.AddDays(61)), new("长期")],
            Certificates = [],
            Trademarks = [],
        };

        var expiring = RecordExpiry.Of(profile, Today);

        Assert.Equal([("到期", true), ("临近", false)], expiring.Select(e => (e.Name, e.IsOver(Today))));
        Assert.All(expiring, e => Assert.Equal(("qualifications", "qualifications"), (e.SectionKey, e.FieldKey)));
    }
}
