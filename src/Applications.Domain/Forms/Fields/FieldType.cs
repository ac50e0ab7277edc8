using System.Text.Json.Nodes;

namespace Applications.Domain.Forms.Fields;

/// <summary>
/// What a kind of field does with one value: takes it from typed text, checks it, and gives it back as text. One class per
/// kind; tables, files and computed fields have no single value and are treated where they are met.
/// </summary>
internal abstract class FieldType
{
    private static readonly Dictionary<FieldKind, FieldType> ByKind = new()
    {
        [FieldKind.Text] = new TextType(),
        [FieldKind.LongText] = new TextType(),
        [FieldKind.Integer] = new NumberType(),
        [FieldKind.Decimal] = new NumberType(),
        [FieldKind.Money] = new MoneyType(),
        [FieldKind.Date] = new DateType(),
        [FieldKind.Period] = new PeriodType(),
        [FieldKind.Choice] = new ChoiceType(),
        [FieldKind.Code] = new CodeType(),
        [FieldKind.YesNo] = new YesNoType(),
        [FieldKind.Declaration] = new DeclarationType(),
    };

    /// <summary>The type of a kind, or null for table, files and computed.</summary>
    public static FieldType? Of(FieldKind kind) => ByKind.GetValueOrDefault(kind);

    /// <summary>Reads posted text; what does not parse comes back as the text itself, nothing as null.</summary>
    public abstract JsonNode? Bind(FieldDefinition field, IReadOnlyList<string> raw);

    /// <summary>Checks a stored value that is not empty. Null when in order, otherwise the message; <paramref name="value"/> is then null.</summary>
    public abstract string? Check(FieldDefinition field, JsonNode node, out object? value);

    /// <summary>The text of an input that holds the value.</summary>
    public virtual string Raw(FieldDefinition field, JsonNode node) => AsText(node) ?? node.ToJsonString();

    /// <summary>The value as people read it, with unit and label.</summary>
    public virtual string Show(FieldDefinition field, JsonNode node) => Raw(field, node);

    public virtual string MissingMessage(FieldDefinition field) => $"请填写{field.Label}。";

    /// <summary>Whether the stored value counts as nothing.</summary>
    public static bool IsEmpty(JsonNode? node) => node switch
    {
        null => true,
        JsonArray array => array.Count == 0,
        JsonObject members => members.All(m => IsEmpty(m.Value)),
        JsonValue value => value.TryGetValue<string>(out var text) && string.IsNullOrWhiteSpace(text),
        _ => false,
    };

    protected static string Last(IReadOnlyList<string> raw) => raw.Count == 0 ? string.Empty : Typed.Clean(raw[^1]);

    protected static string? AsText(JsonNode node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
