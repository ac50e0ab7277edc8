namespace Applications.Domain.Forms.Lists;

/// <summary>An entry of a code list.</summary>
/// <param name="Code">For example C3821.</param>
/// <param name="Name">For example 变压器、整流器和电感器制造.</param>
/// <param name="Level">Its place in <see cref="CodeList.Levels"/>.</param>
/// <param name="Parent">The entry above; null at the top.</param>
public sealed record CodeEntry(string Code, string Name, int Level, CodeEntry? Parent)
{
    /// <summary>From the top down to this entry.</summary>
    public IEnumerable<CodeEntry> Path => Parent is null ? [this] : Parent.Path.Append(this);

    /// <summary>Whether this is the entry of that code, or stands below it.</summary>
    public bool IsUnder(string code) => Code == code || Parent?.IsUnder(code) == true;
}
