using System.IO.Compression;
using System.Text;
using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Web.Infrastructure.Workbooks;
using MiniExcelLibs;

namespace Applications.Web.Tests.Infrastructure.Workbooks;

/// <summary>What people hand in is read as they see it, and what cannot be read is refused in words.</summary>
public sealed class WorkbookReaderTests
{
    private const string OldOrEncrypted = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

    private static readonly IReadOnlyList<SheetColumn> Columns =
    [
        SheetColumn.Of(Text("code", "代码"), required: true, "示例"), SheetColumn.Of(Text("name", "名称"), required: true, "某单位"),
        SheetColumn.Of(new FieldDefinition { Key = "capital", Kind = FieldKind.Money, Label = "注册资本" }),
    ];

    [Fact]
    public void Read_CellsAsExcelWritesThem_AreWhatAPersonSees()
    {
        var sheet = Sheet("""
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2"><v>1.1000000000000001</v></c><c r="D2" s="1"><v>42156</v></c><c r="E2" t="b"><v>1</v></c><c r="F2" s="2"><v>3.1199999999999999E-2</v></c><c r="G2" t="inlineStr"><is><t>_x4E2D_a_x005F_x0041_</t></is></c></row>
            <row r="9"><c r="A9" t="e"><v>#N/A</v></c><c r="B9"><f>A2&amp;B2</f><v>5</v></c><c r="C9"><v>913701001234567890</v></c><c r="D9" t="str"><v> x </v></c></row>
            """);

        var rows = WorkbookReader.Read(sheet).Sheets.Single().Rows;

        Assert.Equal([2, 9], rows.Select(r => r.Number));
        Assert.Equal(["共享文字", "1.1", "2015-06-01", "是", "3.12%", "中a_x0041_"], rows[0].Cells.OrderBy(c => c.Key).Select(c => c.Value.Text));
        Assert.Equal([0, 2, 3, 4, 5, 6], rows[0].Cells.Keys.Order());
        Assert.Contains("#N/A", rows[1].Cells[0].Problem, StringComparison.Ordinal);
        Assert.Contains("公式", rows[1].Cells[1].Problem, StringComparison.Ordinal);
        Assert.Contains("15 位", rows[1].Cells[2].Problem, StringComparison.Ordinal);
        Assert.Equal(new SheetCell("x"), rows[1].Cells[3]);
    }

    [Theory]
    [InlineData("", "sheet-unreadable", "空的")]
    [InlineData("这不是表格", "sheet-unreadable", "不是有效的 Excel")]
    [InlineData("PK\u0003\u0004broken", "sheet-unreadable", "不是有效的 Excel")]
    [InlineData(OldOrEncrypted, "sheet-old", ".xls")]
    [InlineData(OldOrEncrypted + "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", "sheet-encrypted", "密码")]
    public void Read_WhatIsNoXlsx_IsRefusedInWords(string content, string code, string words)
    {
        var bytes = content.StartsWith('这') ? Encoding.UTF8.GetBytes(content) : Encoding.Latin1.GetBytes(content);

        var refused = Assert.Throws<RuleBrokenException>(() => WorkbookReader.Read(new MemoryStream(bytes)));

        Assert.Equal((code, "Upload"), (refused.Code, refused.Field));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AZipOfSomethingElse_IsRefused()
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("a.txt");
        }

        Assert.Equal("sheet-unreadable", Assert.Throws<RuleBrokenException>(() => WorkbookReader.Read(new MemoryStream(zip.ToArray()))).Code);
    }

    [Fact]
    public async Task Find_TheTable_BelowATitleInAnyOrderAndWithoutItsExample()
    {
        var book = await BookAsync(
            ("说明", [["随便"]]),
            ("企业", [["2026 年名单"], [], ["名称 *", "注册资本(万元)", "代码", "备注"], ["某单位", null, "示例", null], ["甲", "5", "1", "x"], [null, null, null, "只有备注"], ["乙", null, "2", null]]));

        var table = SheetTable.Find(book, "企业", Columns, 10);

        Assert.Equal([(5, "1", "甲", "5"), (7, "2", "乙", "")], table.Rows.Select(r => (r.Number, r.Text("code"), r.Text("name"), r.Text("capital"))));
        Assert.Equal(["D 备注"], table.Unknown);
        Assert.Equal("C7", table.Rows[1].Fault("code", "x").Place);
    }

    [Fact]
    public async Task Find_NoSuchTable_SaysWhatThereIsAndWhatIsMissing()
    {
        var other = Assert.Throws<RuleBrokenException>(() => Find(("甲", [["名字"]]), ("乙", [["电话"]])));
        var part = Assert.Throws<RuleBrokenException>(() => Find(("甲", [["代码", "名字"], ["1", "2"]])));
        var twice = Assert.Throws<RuleBrokenException>(() => Find(("甲", [["代码", "名称", "代码"], ["1", "2", "3"]])));
        var none = Assert.Throws<RuleBrokenException>(() => Find(("甲", [["代码", "名称"]])));
        var many = Assert.Throws<RuleBrokenException>(() => Find(("甲", [["代码", "名称"], .. Enumerable.Range(0, 4).Select(_ => new[] { "1", "2" })])));

        Assert.Contains("现有：甲、乙", other.Message, StringComparison.Ordinal);
        Assert.Contains("缺少必需的列：名称", part.Message, StringComparison.Ordinal);
        Assert.Contains("2 列（A、C）", twice.Message, StringComparison.Ordinal);
        Assert.Equal("sheet-empty", none.Code);
        Assert.Contains("4 行，一次最多导入 3 行", many.Message, StringComparison.Ordinal);
        await Task.CompletedTask;

        static SheetTable Find(params (string Name, IReadOnlyList<string?[]> Rows)[] sheets) => SheetTable.Find(BookAsync(sheets).GetAwaiter().GetResult(), "企业", Columns, 3);
    }

    [Fact]
    public void Rows_InMergedCells_AreNamedByTheirRange()
    {
        var sheet = Sheet(
            """
            <row r="1"><c r="A1" t="str"><v>代码</v></c><c r="B1" t="str"><v>名称</v></c></row>
            <row r="2"><c r="A2" t="str"><v>1</v></c><c r="B2" t="str"><v>甲</v></c></row>
            <row r="3"><c r="A3" t="str"><v>2</v></c></row>
            <row r="4"><c r="A4" t="str"><v>3</v></c><c r="B4" t="str"><v>乙</v></c></row>
            """, "<mergeCells count=\"1\"><mergeCell ref=\"B2:B3\"/></mergeCells>");

        var table = SheetTable.Find(WorkbookReader.Read(sheet), "企业", Columns, 10);

        Assert.Equal(["B2", "B3"], table.Rows.SelectMany(r => r.Unreadable()).Select(f => f.Place));
        Assert.All(table.Rows.SelectMany(r => r.Unreadable()), f => Assert.Contains("B2:B3", f.Words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Write_ThenReadByAnother_IsTheSame()
    {
        const string Odd = " 前后空白 \n_x0041_ & <b>\"𠮷\" =1+1";
        await using var written = await WorkbookWriter.WriteAsync([new SheetContent("甲/乙", [[new CellContent("文字", CellLook.Heading), new CellContent("数")], [new CellContent(Odd), new CellContent(1234567890.12m)], [new CellContent("000123"), new CellContent(1234567890123456.5m)]])], default);

        var ours = WorkbookReader.Read(written).Sheets.Single();
        written.Position = 0;
        var theirs = written.Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().ToList();

        Assert.Equal("甲乙", ours.Name);
        Assert.Equal([Odd.Trim(), "1234567890.12", "000123", "1234567890123456.5"], ours.Rows.Skip(1).SelectMany(r => r.Cells.OrderBy(c => c.Key).Select(c => c.Value.Text)));
        Assert.Equal((1234567890.12, "000123"), (theirs[0]["数"], theirs[1]["文字"]));
    }

    private static FieldDefinition Text(string key, string label) => new() { Key = key, Kind = FieldKind.Text, Label = label };

    private static async Task<Workbook> BookAsync(params (string Name, IReadOnlyList<string?[]> Rows)[] sheets)
    {
        await using var stream = await WorkbookWriter.WriteAsync([.. sheets.Select(s => new SheetContent(s.Name, [.. s.Rows.Select(r => (IReadOnlyList<CellContent>)[.. r.Select(c => new CellContent(c))])]))], default);
        return WorkbookReader.Read(stream);
    }

    /// <summary>A workbook by hand, as Excel would write it.</summary>
    private static MemoryStream Sheet(string rows, string after = "")
    {
        const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(zip, "[Content_Types].xml", $"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{Types}.sheet.main+xml\"/><Override PartName=\"/xl/sheet.xml\" ContentType=\"{Types}.worksheet+xml\"/><Override PartName=\"/xl/strings.xml\" ContentType=\"{Types}.sharedStrings+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{Types}.styles+xml\"/></Types>");
            Put(zip, "_rels/.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Put(zip, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"{Relations}/worksheet\" Target=\"sheet.xml\"/><Relationship Id=\"b\" Type=\"{Relations}/sharedStrings\" Target=\"strings.xml\"/><Relationship Id=\"c\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
            Put(zip, "xl/workbook.xml", $"<workbook {Main} xmlns:r=\"{Relations}\"><sheets><sheet name=\"企业\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>");
            Put(zip, "xl/strings.xml", $"<sst {Main}><si><r><t>共享</t></r><r><t>文字</t></r><rPh sb=\"0\" eb=\"1\"><t>注音</t></rPh></si></sst>");
            Put(zip, "xl/styles.xml", $"<styleSheet {Main}><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/></numFmts><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>");
            Put(zip, "xl/sheet.xml", $"<worksheet {Main}><sheetData>{rows}</sheetData>{after}</worksheet>");
        }

        stream.Position = 0;
        return stream;
    }

    private static void Put(ZipArchive zip, string name, string content)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(content);
    }
}
