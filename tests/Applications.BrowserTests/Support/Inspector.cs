using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Applications.BrowserTests.Support;

/// <summary>
/// Looks at every page a visitor arrives at: axe and overflow at two widths, light and dark. Only colours differ between light and dark,
/// so there axe is asked about contrast alone. A page on which every kind of element was seen before, at the same address and by the same
/// person, has nothing new to show and is not looked at again. Faults are collected and told together.
/// </summary>
public sealed partial class Inspector
{
    private const string Kinds =
        "() => [...new Set([...document.querySelectorAll('body *')].map(e => `${e.tagName}.${e.className.baseVal ?? e.className}.${e.type ?? ''}.${e.getAttribute('role') ?? ''}`))]";

    private const string RunAxe = """
        async contrastOnly => {
            const options = { resultTypes: ["violations"] };
            if (contrastOnly) {
                options.runOnly = { type: "rule", values: ["color-contrast"] };
            }
            const result = await axe.run(document, options);
            const faults = result.violations.map(v => `${v.id} ${v.nodes[0].html} ${v.nodes[0].any.map(c => c.message).join(" ")}`);
            const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
            return over > 0 ? [...faults, `${over} px too wide`] : faults;
        }
        """;

    private static readonly Lazy<string> Axe = new(ReadAxe);

    private readonly List<string> faults = [];
    private readonly Dictionary<string, HashSet<string>> seen = [];

    public int Pages { get; private set; }

    public async Task LookAtAsync(Visitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        var page = visitor.Page;
        var place = $"{Ids().Replace(new Uri(page.Url).AbsolutePath, "…")} as {visitor.Name}";
        if (!await IsNewAsync(page, place))
        {
            return;
        }

        Pages++;
        await page.EvaluateAsync(Axe.Value);
        await CheckAsync(page, $"{place}, wide, light", contrastOnly: false);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await CheckAsync(page, $"{place}, wide, dark", contrastOnly: true);
        await Artefacts.PhotographAsync(visitor, $"{Pages:000}-wide-dark");
        await page.SetViewportSizeAsync(Visitor.Narrow.Width, Visitor.Narrow.Height);
        await CheckAsync(page, $"{place}, narrow, dark", contrastOnly: true);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await CheckAsync(page, $"{place}, narrow, light", contrastOnly: false);
        await Artefacts.PhotographAsync(visitor, $"{Pages:000}-narrow");
        await page.SetViewportSizeAsync(Visitor.Wide.Width, Visitor.Wide.Height);
        await Artefacts.PhotographAsync(visitor, $"{Pages:000}-wide");
    }

    /// <summary>Fails with the list of all that was found.</summary>
    public void AssertNothingFound() =>
        Assert.True(faults.Count == 0, $"{faults.Count} faults on {Pages} pages:\n{string.Join('\n', faults.Distinct())}");

    private async Task<bool> IsNewAsync(IPage page, string place)
    {
        var kinds = await page.EvaluateAsync<string[]>(Kinds);
        if (!seen.TryGetValue(place, out var before))
        {
            seen[place] = before = [];
        }

        var count = before.Count;
        before.UnionWith(kinds);
        return before.Count > count;
    }

    private async Task CheckAsync(IPage page, string place, bool contrastOnly) =>
        faults.AddRange((await page.EvaluateAsync<string[]>(RunAxe, contrastOnly)).Select(f => $"{place}: {f}"));

    private static string ReadAxe()
    {
        var assembly = typeof(AxeResult).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith("axe.min.js", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Ids();
}
