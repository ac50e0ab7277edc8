using Applications.Domain.Expressions;

namespace Applications.Domain.Tests.Expressions;

public sealed class ScriptNamesTests
{
    private static readonly Dictionary<string, Shape> Known = new()
    {
        ["answers"] = Shape.Object([new("name", Shape.Any), new("rows", Shape.List(Shape.Object([new("price", Shape.Any)])))]),
        ["year"] = Shape.Any,
    };

    [Theory]
    [InlineData("answers.name.length > 2 && year > 2020")]
    [InlineData("answers.rows[0]?.price ?? null")]
    [InlineData("answers.rows.filter(r => r.price > 1).map(r => r.price)")]
    [InlineData("answers.rows.find(r => r.price > year)?.price")]
    [InlineData("count(answers.rows, r => r.price > Math.max(1, 2))")]
    [InlineData("return (function () { const { a, b } = { a: 1, b: year }; return a + b; })()")]
    [InlineData("[1, 2].every(n => answers.rows.some(r => r.price === n))")]
    public void Unknown_SoundExpression_IsEmpty(string source) => Assert.Empty(ScriptNames.Unknown(Script.Parse(source), Known));

    [Theory]
    [InlineData("answer.name", "answer")]
    [InlineData("answers.nmae", "answers.nmae")]
    [InlineData("answers.rows[0].prise", "prise")]
    [InlineData("answers.rows.filter(r => r.prise > 1)", "r.prise")]
    [InlineData("answers.rows.find(r => r.price > 1)?.prise", "prise")]
    [InlineData("sum(answers.rows, r => r.prise)", "r.prise")]
    [InlineData("eval('1')", "eval")]
    [InlineData("new Date().getTime()", "Date")]
    [InlineData("Object.keys(globalThis)", "globalThis")]
    public void Unknown_WrongName_IsNamed(string source, string name) => Assert.Equal([name], ScriptNames.Unknown(Script.Parse(source), Known));
}
