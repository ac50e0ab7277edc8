using System.Text.Json.Nodes;
using Applications.Domain.Forms;
using Applications.Domain.Forms.Corrections;
using Applications.Domain.Tests.Programmes;
using CsCheck;

namespace Applications.Domain.Tests.Forms;

/// <summary>What holds of any answers whatever, on the forms of all programmes.</summary>
public sealed class AnswerPropertyTests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char, 0, 12],
        Gen.String[Gen.Char["甲乙丙0123456789.,-/年月日 %"], 0, 12],
        Gen.OneOfConst("", " ", "\u0000", "２０２４年３月９日", "1,234.50", "-0", "1e400", "true", "是", "370100", "370102", "C3821", "3821", "变压器、整流器和电感器制造", "2024-01-01 至 2024-12-31", "至 2024年3月1日", "n", "9".PadLeft(60, '9'), "😀\r\n\t"));

    private static readonly Gen<JsonNode?> Simple = Gen.OneOf(
        Text.Select(t => (JsonNode?)JsonValue.Create(t)),
        Gen.Long.Select(n => (JsonNode?)JsonValue.Create(n)),
        Gen.Double[-1e9, 1e9].Select(n => (JsonNode?)JsonValue.Create(n)),
        Gen.Decimal[-1_000_000, 1_000_000].Select(n => (JsonNode?)JsonValue.Create(n)),
        Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b)),
        Gen.Const((JsonNode?)null));

    private static readonly Gen<JsonNode?> Any = Gen.Recursive<JsonNode?>((depth, inner) => depth > 2
        ? Simple
        : Gen.Frequency(
            (4, Simple),
            (1, inner.List[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(i => i?.DeepClone())]))),
            (1, Gen.Select(Gen.OneOfConst("_key", "name", "title", "year", "from", "to", "period", "industry", "money"), inner).List[0, 3]
                .Select(members => (JsonNode?)new JsonObject(members.DistinctBy(m => m.Item1).Select(m => KeyValuePair.Create(m.Item1, m.Item2?.DeepClone())))))));

    private const string Kinds = "every-kind";

    /// <summary>The forms of all programmes, and one with every kind of field.</summary>
    public static TheoryData<string> Programmes => [.. Folders.Keys, Kinds];

    [Theory]
    [MemberData(nameof(Programmes))]
    public void Check_OfAnyAnswers_DoesNotFail(string programme)
    {
        var (form, sample, scope) = Load(programme);
        Gen.Select(Gen.OneOfConst([.. form.Fields.Select(f => f.Key), "unknown"]), Any).List[0, 12].Sample(
            changes =>
            {
                var answers = Change(sample, changes);
                var check = AnswerChecker.Check(form, answers, null, scope);
                foreach (var field in form.Fields)
                {
                    _ = FormDisplay.Text(field, answers[field.Key]);
                    _ = FormDisplay.Raw(field, answers[field.Key]);
                    _ = FormDisplay.Computed(field, check.Computed.GetValueOrDefault(field.Key));
                }
            },
            iter: 40);
    }

    /// <summary>What the checker accepts comes back from the page as it was, and from JSON too.</summary>
    [Theory]
    [MemberData(nameof(Programmes))]
    public void AcceptedAnswers_ThroughThePageAndJson_AreTheSame(string programme)
    {
        var (form, sample, scope) = Load(programme);
        Gen.Select(Gen.OneOfConst([.. form.Fields.Select(f => f.Key)]), Any).List[0, 12].Sample(
            changes =>
            {
                var answers = Change(sample, changes);
                var check = AnswerChecker.Check(form, answers, null, scope);
                var back = FormBinder.Bind(form, Posted(form, answers), new Answers());
                var text = answers.ToJson();
                var json = text.Contains("\\u0000", StringComparison.Ordinal) ? answers : Answers.Parse(text);
                foreach (var field in form.Fields.Where(f => f.Kind is not (FieldKind.Computed or FieldKind.Files) && !f.ReadOnly && f.Columns.All(c => !c.ReadOnly)
                    && !check.ErrorsOf(f.Key).Any(e => !e.IsMissing) && !check.Hidden.Contains(f.Key)))
                {
                    Assert.True(OpenFields.Same(answers[field.Key], json[field.Key]), $"{field.Key} through JSON");
                    Assert.True(Alike(field, answers, back), $"{field.Key}: {answers[field.Key]?.ToJsonString()} came back as {back[field.Key]?.ToJsonString()}");
                }
            },
            iter: 40);
    }

    /// <summary>A text comes back without the blanks around it and with line ends as the page sends them; everything else exactly.</summary>
    private static bool Alike(FieldDefinition field, Answers given, Answers back) => field.IsTable
        ? Cells(field, given).SequenceEqual(Cells(field, back))
        : Shown(field, given[field.Key]) == Shown(field, back[field.Key]);

    private static IEnumerable<string> Cells(FieldDefinition table, Answers answers) => answers.Rows(table.Key)
        .Select(r => string.Join('|', table.Columns.Where(c => c.Kind is not FieldKind.Computed).Select(c => Shown(c, r[c.Key])))).Where(r => r.Trim('|').Length > 0);

    private static string Shown(FieldDefinition field, JsonNode? value) =>
        string.Concat(FormDisplay.Raw(field, value).Where(c => !char.IsControl(c) && !char.IsWhiteSpace(c))).ToUpperInvariant();

    private static ILookup<string, string> Posted(FormDefinition form, Answers answers)
    {
        List<(string Name, string Value)> posted = [];
        foreach (var field in form.Fields)
        {
            if (!field.IsTable)
            {
                var chosen = field is { Kind: FieldKind.Choice, Multiple: true } ? FormDisplay.Chosen(answers[field.Key]) : [FormDisplay.Raw(field, answers[field.Key])];
                posted.AddRange(chosen.Select(value => (field.Key, value)));
                continue;
            }

            posted.Add((FormBinder.IndexName(field), string.Empty));
            foreach (var (row, i) in answers.Rows(field.Key).Select((row, i) => (row, i)))
            {
                posted.Add((FormBinder.IndexName(field), $"k{i}"));
                posted.AddRange(field.Columns.Select(c => (FormBinder.CellName(field, $"k{i}", c), FormDisplay.Raw(c, row[c.Key]))));
            }
        }

        return posted.ToLookup(p => p.Name, p => p.Value);
    }

    private static Answers Change(Answers sample, IEnumerable<(string Key, JsonNode? Value)> changes)
    {
        var answers = sample.Clone();
        foreach (var (key, value) in changes)
        {
            answers[key] = value?.DeepClone();
        }

        return answers;
    }

    private static (FormDefinition Form, Answers Sample, FormScope Scope) Load(string programme)
    {
        if (programme == Kinds)
        {
            return (EveryKind.Form, Answers.Parse("""{"text":"甲","period":{"from":"2024-01-01","to":"2024-03-01"},"industry":"C3821","rows":[{"text":"乙","period":{"from":"2024-01-01","to":"2024-03-01"},"division":"370102"}]}"""), EveryKind.Scope);
        }

        var (folder, sample) = (Folders.Load(programme), Folders.SampleOf(programme));
        return (folder.Form, sample.NewAnswers(), sample.Scope);
    }
}
