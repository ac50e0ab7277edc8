using System.Globalization;
using System.Text.Json.Nodes;
using Applications.Domain.Forms;

namespace Applications.Domain.Tests.Forms.Fields;

public sealed class WithUnitTests
{
    [Theory]
    [InlineData("1998", "年", "1998 年")]
    [InlineData("12345", "年", "12,345 年")]
    [InlineData("1998", "人", "1,998 人")]
    [InlineData("1998.50", null, "1998.5")]
    public void Number_WithItsUnit_TakesSeparatorsUnlessItIsACalendarYear(string number, string? unit, string expected) =>
        Assert.Equal(expected, FormDisplay.Text(new FieldDefinition { Key = "a", Kind = FieldKind.Decimal, Label = "甲", Unit = unit }, JsonValue.Create(decimal.Parse(number, CultureInfo.InvariantCulture))));
}
