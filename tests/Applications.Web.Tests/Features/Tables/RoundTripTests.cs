using System.Text.RegularExpressions;
using Applications.Domain.Cases;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Lists;
using Applications.Domain.Tests.Forms;
using Applications.Web.Documents;
using Applications.Web.Features.Cases.Tables;
using Applications.Web.Infrastructure.Workbooks;
using CsCheck;
using Microsoft.Extensions.Options;
using UglyToad.PdfPig;

namespace Applications.Web.Tests.Features.Tables;

/// <summary>Whatever the checker accepts comes back from a spreadsheet as it was, and stands in the PDF.</summary>
public sealed class RoundTripTests
{
    private static readonly Gen<string> Words = Gen.String[Gen.Char["甲乙丙丁戊中心技术研发ABCxyz0123456789.-（）、，\"&<>="], 1, 25].Select(t => $"字{t}");

    private static readonly Gen<string> Day = Gen.Int[0, 60_000].Select(d => $"{new DateOnly(1950, 1, 1).AddDays(d):yyyy-MM-dd}");

    /// <summary>Texts as people type them, one of each kind.</summary>
    private static readonly Gen<Dictionary<string, string>> Typed = Gen.Select(
        Gen.Select(Words, Words, Gen.Int[0, 1_000_000], Gen.Decimal[-100_000, 100_000], Gen.Long[-999_999_999_999, 999_999_999_999]),
        Gen.Select(Day, Day, Gen.Int[0, 400]),
        Gen.Select(Gen.OneOfConst("n", "p"), Code("industries", "C", "I65"), Code("divisions"), Gen.OneOfConst("true", "false")))
        .Select((plain, days, chosen) => new Dictionary<string, string>
        {
            ["text"] = plain.Item1,
            ["long"] = $"{plain.Item2}\n{plain.Item1}",
            ["integer"] = $"{plain.Item3}",
            ["decimal"] = $"{decimal.Round(plain.Item4, 2)}",
            ["money"] = $"{plain.Item5 / 1_000_000m}",
            ["date"] = days.Item1,
            ["period"] = $"{days.Item2} 至 {DateOnly.Parse(days.Item2, System.Globalization.CultureInfo.InvariantCulture).AddDays(days.Item3):yyyy-MM-dd}",
            ["choice"] = chosen.Item1,
            ["industry"] = chosen.Item2,
            ["division"] = chosen.Item3,
            ["yesNo"] = chosen.Item4,
        });

    private static FieldDefinition Table => EveryKind.Form.FindField("rows")!;

    [Fact]
    public void Rows_ThroughASpreadsheet_AreTheSame() => Typed.List[1, 8].Sample(
        rows =>
        {
            var answers = Bind(rows);
            Assert.All(EveryKind.Check(answers).Errors, e => Assert.Contains("不早于2000年", e.Message, StringComparison.Ordinal));

            using var file = TableSheet.WriteAsync(Table, answers.Rows("rows"), CancellationToken.None).GetAwaiter().GetResult();
            var read = TableSheet.Read(WorkbookReader.Read(file), Table);

            Assert.Empty(read.Faults);
            Assert.Equal(answers.Rows("rows").Select(Cells), read.Rows.Select(r => Cells(r!.AsObject())));
        },
        iter: 40);

    /// <summary>The names of all industries, places and levels: what a reader copies or searches are the characters that were typed, not rare ones that look like them.</summary>
    [Fact]
    public void Pdf_OfEveryNameInTheCodeLists_HoldsTheCharactersThatWereTyped()
    {
        using var font = Font();
        var names = string.Concat(CodeLists.All.SelectMany(l => l.Entries).SelectMany(e => e.Name).Distinct().Order());

        var text = TextOf(new FilingDocument(font.Find()!).Make(Content(new Answers { ["long"] = names })));

        Assert.Equal(string.Empty, Missing(names, text));
    }

    [Fact]
    public void Answers_InThePdf_AreAllThere()
    {
        using var font = Font();
        var document = new FilingDocument(font.Find()!);
        Typed.List[2, 4].Sample(
            rows =>
            {
                var answers = Bind(rows);
                var text = TextOf(document.Make(Content(answers)));
                foreach (var field in EveryKind.Form.Fields.Where(f => f.Kind is not (FieldKind.Computed or FieldKind.Table)))
                {
                    Assert.Contains(Squeeze(FormDisplay.Text(field, answers[field.Key])), text, StringComparison.Ordinal);
                }

                // A cell's letters stand in lines of their own width: in order, with those of its neighbours between.
                Assert.All(answers.Rows("rows").SelectMany(r => Table.Columns.Select(c => Bare(c, Squeeze(FormDisplay.Text(c, r[c.Key]))))), cell => Assert.Equal(string.Empty, Missing(cell, text)));
            },
            iter: 8);
    }

    /// <summary>Without the unit, which stands in the head of the column.</summary>
    private static string Bare(FieldDefinition column, string cell) =>
        (column.Kind is FieldKind.Money ? "万元" : column.Unit) is { Length: > 0 } unit && cell.EndsWith(unit, StringComparison.Ordinal) ? cell[..^unit.Length] : cell;

    private static DocumentFont Font()
    {
        var font = new DocumentFont(Options.Create(new DocumentSettings()));
        Assert.SkipWhen(font.Find() is null, "No Chinese font is installed here.");
        return font;
    }

    /// <summary>The first as single fields too.</summary>
    private static Answers Bind(List<Dictionary<string, string>> rows)
    {
        var posted = rows[0].Select(c => (c.Key, c.Value))
            .Concat(rows.SelectMany((row, i) => row.Select(c => ($"rows[k{i}].{c.Key}", c.Value)).Prepend(("rows.index", $"k{i}"))));
        return FormBinder.Bind(EveryKind.Form, posted.ToLookup(p => p.Item1, p => p.Item2));
    }

    private static string Cells(System.Text.Json.Nodes.JsonObject row) =>
        string.Join('|', Table.Columns.Select(c => Regex.Replace(FormDisplay.Raw(c, row[c.Key]), "\\s+", " ")));

    private static FilingContent Content(Answers answers) => new(
        "各类字段", "一批", "某厅", "某公司", "NO-1", "某人",
        new Filing
        {
            Id = Guid.NewGuid(),
            CaseId = Guid.NewGuid(),
            Round = 1,
            FiledAt = new DateTime(2026, 3, 15, 0, 0, 0, DateTimeKind.Utc),
            FiledByName = "某人",
            Answers = answers.ToJson(),
            Enterprise = "{}",
            Digest = new string('a', 64),
        },
        EveryKind.Form, answers, EveryKind.Check(answers), [], "example.invalid");

    private static string TextOf(byte[] file)
    {
        using var pdf = PdfDocument.Open(file);
        var pages = string.Concat(pdf.GetPages().Select(p => Squeeze(string.Concat(p.Letters.Select(l => l.Value)))));
        return Regex.Replace(pages, "某公司一批第\\d+页共\\d+页NO-1校验码AAAA-AAAA-AAAA-AAAA", string.Empty);
    }

    /// <summary>What of the cell does not stand in the text in its order; empty when all of it does.</summary>
    private static string Missing(string cell, string text)
    {
        var at = 0;
        return string.Concat(cell.SkipWhile(c => (at = text.IndexOf(c, at) + 1) > 0));
    }

    private static string Squeeze(string text) => Regex.Replace(text, "\\s", string.Empty);

    private static Gen<string> Code(string list, params string[] under) =>
        Gen.OneOfConst([.. CodeLists.Find(list)!.Entries.Where(e => CodeLists.Find(list)!.IsChoosable(e) && CodeList.IsUnderAny(e, under)).Select(e => e.Code)]);
}
