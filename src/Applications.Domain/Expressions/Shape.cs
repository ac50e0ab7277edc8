namespace Applications.Domain.Expressions;

/// <summary>
/// What an expression may find under a name: an object with known members, a list of such, or anything at all. Lets a
/// definition be refused at load when an expression names something that does not exist.
/// </summary>
public abstract record Shape
{
    private Shape()
    {
    }

    /// <summary>A value whose members are not checked.</summary>
    public static Shape Any { get; } = new AnyShape();

    public static Shape Object(IEnumerable<KeyValuePair<string, Shape>> members) =>
        new ObjectShape(members.DistinctBy(m => m.Key).ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal));

    public static Shape List(Shape element) => new ListShape(element);

    internal sealed record AnyShape : Shape;

    internal sealed record ObjectShape(IReadOnlyDictionary<string, Shape> Members) : Shape;

    internal sealed record ListShape(Shape Element) : Shape;
}
