using System.IO.Compression;
using System.Text;
using Applications.Web.Files;

namespace Applications.Web.Tests.Files;

public sealed class PdfPagesTests
{
    [Fact]
    public async Task Count_PlainPageTree_IsTheRootsCount() => Assert.Equal(12, await CountAsync(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj <</Kids[3 0 R 4 0 R]/Count 12/Type /Pages>> endobj\n"
        + "3 0 obj<</Type/Pages/Parent 2 0 R/Count 7/Kids[]>>endobj\n4 0 obj<</Parent 2 0 R /Count 5 /Type/Pages/Resources<</Font<<>>>>>>endobj\n%%EOF"));

    [Fact]
    public async Task Count_ChangedFile_IsTheNewTrees() => Assert.Equal(3, await CountAsync(
        "%PDF-1.4\n2 0 obj<</Type/Pages/Count 2>>endobj\n%%EOF\n2 0 obj<</Type/Pages/Count 3>>endobj\n%%EOF"));

    [Fact]
    public async Task Count_TreeInAnObjectStream_IsFound()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write("1 0 2 33 <</Type/Catalog/Pages 2 0 R>> <</Type/Pages/Kids[3 0 R]/Count 41>>"u8);
        }

        byte[] file = [.. "%PDF-1.5\n5 0 obj<</Type/ObjStm/N 2/First 9/Filter/FlateDecode/Length 60>>stream\r\n"u8, .. packed.ToArray(), .. "\nendstream endobj\n%%EOF"u8];

        Assert.Equal(41, await CountAsync(file));
    }

    [Theory]
    [InlineData("%PDF-1.4\n%%EOF")]
    [InlineData("%PDF-1.4\n/Type/Pages")]
    [InlineData("%PDF-1.4\n<</Type/Pages/Count 99999999999999>>")]
    [InlineData("%PDF-1.4\n<</Type/Pages/Count -4>>")]
    [InlineData("%PDF-1.4\n<</Type/Pages/Count")]
    [InlineData("%PDF-1.4\n<</Type/ObjStm>>stream\nnot deflated\nendstream")]
    [InlineData("%PDF-1.4\n<</Type/ObjStm>>stream")]
    public async Task Count_OfWhatItDoesNotUnderstand_IsUnknown(string file) => Assert.Null(await CountAsync(file));

    [Fact]
    public async Task Count_NestedWithoutEnd_ComesBack() =>
        Assert.Null(await CountAsync("%PDF-1.4\n" + string.Concat(Enumerable.Repeat("<<[", 2_000_000)) + "/Type/Pages/Count 2"));

    private static Task<int?> CountAsync(string file) => CountAsync(Encoding.ASCII.GetBytes(file));

    private static async Task<int?> CountAsync(byte[] file)
    {
        using var stream = new MemoryStream(file);
        var pages = await PdfPages.CountAsync(stream, CancellationToken.None);
        Assert.Equal(0, stream.Position);
        return pages;
    }
}
