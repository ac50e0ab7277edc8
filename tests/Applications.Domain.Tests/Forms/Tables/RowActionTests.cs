using Applications.Domain.Forms;
using Applications.Domain.Forms.Tables;
using static Applications.Domain.Tests.Forms.SmallForm;

namespace Applications.Domain.Tests.Forms.Tables;

public sealed class RowActionTests
{
    [Theory]
    [InlineData("up:items:b", "乙甲丙")]
    [InlineData("up:items:a", "甲乙丙")]
    [InlineData("down:items:b", "甲丙乙")]
    [InlineData("down:items:c", "甲乙丙")]
    [InlineData("copy:items:b", "甲乙乙丙")]
    [InlineData("remove:items:b", "甲丙")]
    [InlineData("remove:items:z", "甲乙丙")]
    [InlineData("add:items:", "甲乙丙")]
    [InlineData("up:others:b", "甲乙丙")]
    [InlineData("shuffle:items:b", "甲乙丙")]
    public void Bind_WithARowAction_DoesItToTheRowsAsTyped(string action, string expected)
    {
        var answers = FormBinder.Bind(Form, Posted(
            ("items.index", "a"), ("items.index", "b"), ("items.index", "c"),
            ("items[a].title", "甲"), ("items[b].title", "乙"), ("items[c].title", "丙"), (RowAction.ButtonName, action)));

        var rows = answers.Rows("items");
        Assert.Equal(expected, string.Concat(rows.Select(r => r["title"]!.GetValue<string>())));
        Assert.Distinct(rows.Select(r => r[Answers.RowKey]!.GetValue<string>()));
    }
}
