using Applications.Domain.Forms;
using Applications.Domain.Forms.Corrections;
using static Applications.Domain.Tests.Forms.SmallForm;

namespace Applications.Domain.Tests.Forms.Corrections;

public sealed class AnswersDiffTests
{
    [Fact]
    public void Between_TwoFilings_TellsFieldsInFormOrderAndComputedOnes()
    {
        var changes = Between(
            """{"name":"甲","capital":1000000,"items":[{"_key":"a","title":"x","price":1000000,"pieces":1}]}""",
            """{"name":"乙","capital":1000000,"items":[{"_key":"a","title":"x","price":2000000,"pieces":1}]}""");

        Assert.Equal(["name", "items", "total", "share"], changes.Select(c => c.Field.Key));
        Assert.Equal(("甲", "乙"), (changes[0].Before, changes[0].After));
        Assert.Equal(("1 万元", "2 万元"), (changes[2].Before, changes[2].After));
        Assert.Equal(["price"], changes[1].Rows.Single().Cells.Where(c => c.Differs).Select(c => c.Column.Key));
    }

    [Fact]
    public void Between_Rows_AreMatchedByKeyAndMovingThemIsNoChange()
    {
        const string Three = """{"items":[{"_key":"a","title":"一"},{"_key":"b","title":"二"},{"_key":"c","title":"三"}]}""";

        Assert.Empty(Between(Three, """{"items":[{"_key":"c","title":"三"},{"_key":"a","title":"一"},{"_key":"b","title":"二"}]}"""));
        var changes = Between(Three, """{"items":[{"_key":"a","title":"一"},{"_key":"c","title":"叁"},{"_key":"d","title":"四"}]}""")[0].Rows;

        Assert.Equal(
            [(AnswerChangeKind.Changed, 2), (AnswerChangeKind.Added, 3), (AnswerChangeKind.Removed, 2)],
            changes.Select(c => (c.Kind, c.Number)));
    }

    [Fact]
    public void Between_Files_KnowsAReplacedOneByItsContent()
    {
        FiledFile[] before = [new("proof", "a.pdf", "1"), new("proof", "b.pdf", "2"), new("proof", "c.pdf", "3")];
        FiledFile[] after = [new("proof", "a.pdf", "1"), new("proof", "b.pdf", "9"), new("proof", "d.pdf", "4")];

        var changes = AnswersDiff.Between(Form, State("{}", before), State("{}", after));

        Assert.Equal(
            [(AnswerChangeKind.Removed, "c.pdf"), (AnswerChangeKind.Changed, "b.pdf"), (AnswerChangeKind.Added, "d.pdf")],
            changes.Single().Files.Select(f => (f.Kind, f.Name)));
    }

    private static IReadOnlyList<FieldChange> Between(string before, string after) => AnswersDiff.Between(Form, State(before, []), State(after, []));

    private static FiledState State(string answers, IReadOnlyList<FiledFile> files) => new(Answers.Parse(answers), Check(answers).Computed, files);
}
