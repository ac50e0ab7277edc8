using System.Text.Json;
using System.Text.Json.Nodes;
using Applications.Domain.Common;
using Applications.Domain.Forms;

namespace Applications.Domain.Enterprises.Record;

/// <summary>
/// The enterprise record as a form: the same fields, tables, checks and progress as an application's, over <see cref="EnterpriseProfile"/> and
/// <see cref="YearFigures"/>. A field's key is the profile's member, so that the forms of the programmes name it by its path.
/// </summary>
public static class RecordForm
{
    public const string Identity = "identity";
    public const string Figures = "figures";

    private const string FileName = "record.json";

    public static FormDefinition Definition { get; } = Load();

    /// <summary>The record as answers.</summary>
    public static Answers Read(EnterpriseProfile profile, IReadOnlyList<YearFigures> figures)
    {
        var all = JsonSerializer.SerializeToNode(profile, DefinitionJson.Options)!.AsObject();
        var answers = new Answers();
        foreach (var field in Definition.Fields.Where(f => f.Key != Figures))
        {
            answers[field.Key] = all[field.Key]?.DeepClone();
        }

        answers[Figures] = JsonSerializer.SerializeToNode(figures, DefinitionJson.Options);
        return answers;
    }

    /// <summary>How complete the record is, and what in it is not in order.</summary>
    /// <param name="year">The year now; figures are asked for the three before.</param>
    public static AnswerCheck Check(Answers answers, EnterpriseProfile profile, int year, DateOnly today) =>
        AnswerChecker.Check(Definition, answers, null, new FormScope { Year = year, Today = today, Enterprise = profile });

    /// <summary>The profile with one section out of <paramref name="answers"/>, which must be in order there.</summary>
    public static EnterpriseProfile Apply(EnterpriseProfile profile, Answers answers, string sectionKey)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var all = JsonSerializer.SerializeToNode(profile, DefinitionJson.Options)!.AsObject();
        foreach (var field in Definition.FindSection(sectionKey)!.Fields)
        {
            all[field.Key] = field.IsTable ? Rows(answers, field) : answers[field.Key]?.DeepClone();
        }

        return all.Deserialize<EnterpriseProfile>(DefinitionJson.Options)!;
    }

    private static JsonArray Rows(Answers answers, FieldDefinition table) =>
        [.. answers.Rows(table.Key).Select(row => (JsonNode)new JsonObject(table.Columns
            .Where(c => !Forms.Fields.FieldType.IsEmpty(row[c.Key])).Select(c => KeyValuePair.Create(c.Key, row[c.Key]?.DeepClone()))))];

    private static FormDefinition Load()
    {
        using var text = new StreamReader(typeof(RecordForm).Assembly.GetManifestResourceStream(typeof(RecordForm), FileName)!);
        return FormDefinition.Parse(text.ReadToEnd(), FileName);
    }
}
