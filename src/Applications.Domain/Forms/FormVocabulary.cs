using System.Reflection;
using System.Text.Json;
using Applications.Domain.Enterprises;
using Applications.Domain.Expressions;

namespace Applications.Domain.Forms;

/// <summary>The names expressions may use, with their shapes, and the prefill paths that exist.</summary>
internal static class FormVocabulary
{
    private static readonly Shape Enterprise = Of(typeof(EnterpriseProfile));

    private static readonly Shape Figures = Shape.List(Of(typeof(YearFigures)));

    private static readonly Shape History = Of(typeof(ApplicantHistory));

    private static readonly Shape Period = Shape.Object([KeyValuePair.Create("from", Shape.Any), KeyValuePair.Create("to", Shape.Any)]);

    /// <summary>What a prefilling expression sees.</summary>
    public static IReadOnlyDictionary<string, Shape> Record { get; } = new Dictionary<string, Shape>(StringComparer.Ordinal)
    {
        ["enterprise"] = Enterprise,
        ["figures"] = Figures,
        ["year"] = Shape.Any,
        ["today"] = Shape.Any,
        ["asOf"] = Shape.Any,
    };

    /// <summary>What form, rubric and rule expressions over <paramref name="form"/> see.</summary>
    public static Dictionary<string, Shape> Of(FormDefinition form) => new(StringComparer.Ordinal)
    {
        ["answers"] = Shape.Object(form.Fields.Where(f => f.Kind is not FieldKind.Computed and not FieldKind.Files).Select(f => KeyValuePair.Create(f.Key, OfField(f)))),
        ["computed"] = Computed(form.Fields),
        ["files"] = Shape.Object(form.Fields.Where(f => f.Kind is FieldKind.Files).Select(f => KeyValuePair.Create(f.Key, Shape.Any))),
        ["enterprise"] = Enterprise,
        ["figures"] = Figures,
        ["year"] = Shape.Any,
        ["today"] = Shape.Any,
        ["asOf"] = Shape.Any,
    };

    public static Shape Computed(IEnumerable<FieldDefinition> fields) =>
        Shape.Object(fields.Where(f => f.Kind is FieldKind.Computed).Select(f => KeyValuePair.Create(f.Key, Shape.Any)));

    /// <summary><see cref="Of(FormDefinition)"/> and the applicant's history.</summary>
    public static Dictionary<string, Shape> WithHistory(FormDefinition form) => new(Of(form), StringComparer.Ordinal) { ["history"] = History };

    public static Shape Row(FieldDefinition table) => Shape.Object(table.Columns.Select(c => KeyValuePair.Create(c.Key, OfField(c))));

    private static Shape OfField(FieldDefinition field) => field.Kind switch
    {
        FieldKind.Table => Shape.List(Row(field)),
        FieldKind.Period => Period,
        _ => Shape.Any,
    };

    private static Shape Of(Type type) => Shape.Object(type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(p => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(p.Name), OfMember(p.PropertyType))));

    private static Shape OfMember(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && type.GetGenericArguments()[0] is { } element
            ? Shape.List(element.Namespace == typeof(EnterpriseProfile).Namespace ? Of(element) : Shape.Any)
            : Shape.Any;
}
