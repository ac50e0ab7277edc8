using System.Text.Encodings.Web;
using Applications.Web.Infrastructure.Presentation;

namespace Applications.Web.Tests.Infrastructure.Presentation;

/// <summary>Digests in the journal: short to read, whole to check.</summary>
public sealed class DigestsTests
{
    [Fact]
    public void Fold_TextWithADigest_ShowsItsBeginningAndKeepsTheWhole()
    {
        const string Digest = "07df708b18d66d92fc72300112233445566778899aabbccddeeff00112233445";
        using var written = new StringWriter();

        Digests.Fold($"<摘要> {Digest}；编号 20261128").WriteTo(written, HtmlEncoder.Default);

        var html = written.ToString();
        Assert.Contains("<code>07df708b18d6", html, StringComparison.Ordinal);
        Assert.Contains($"<code>{Digest}</code>", html, StringComparison.Ordinal);
        Assert.StartsWith("&lt;", html, StringComparison.Ordinal);
        Assert.Contains("20261128", html, StringComparison.Ordinal);
        Assert.Single(html.Split("<details")[1..]);
    }
}
