namespace Applications.Domain.Forms.Lists;

/// <summary>The code lists that forms may name.</summary>
public static class CodeLists
{
    private static readonly Dictionary<string, CodeList> ById = new[] { "industries", "divisions" }.Select(Load).ToDictionary(l => l.Id, StringComparer.Ordinal);

    public static IReadOnlyCollection<CodeList> All => ById.Values;

    public static CodeList? Find(string? id) => id is null ? null : ById.GetValueOrDefault(id);

    /// <summary>GB/T 4754-2017 down to 小类.</summary>
    public static CodeList Industries => ById["industries"];

    private static CodeList Load(string id)
    {
        var name = $"{id}.json";
        using var text = new StreamReader(typeof(CodeLists).Assembly.GetManifestResourceStream(typeof(CodeLists), name)!);
        return CodeList.Parse(text.ReadToEnd(), name);
    }
}
