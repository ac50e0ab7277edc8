using Applications.Domain.Cases;
using Applications.Domain.Forms;
using Applications.Web.Infrastructure.Presentation;
using SkiaSharp;

namespace Applications.Web.Documents;

/// <summary>A filing and what stands beside it on paper.</summary>
/// <param name="Programme">The programme's name.</param>
/// <param name="Department">To whom it is filed.</param>
/// <param name="Filer">Who pressed the button; null for readers who need not know.</param>
/// <param name="CheckAddress">Where the check code is tried.</param>
public sealed record FilingContent(
    string Programme, string Batch, string Department, string Enterprise, string Number, string? Filer, Filing Filing, FormDefinition Form, Answers Answers, AnswerCheck Check,
    IReadOnlyList<Attachment> Files, string CheckAddress)
{
    /// <summary>Not filed yet: printed to be read through, signed and sealed.</summary>
    public bool IsDraft => Filing.Round == 0;
}

/// <summary>The application as it was filed, on paper: cover, contents, sections with their tables, list of attachments with hashes, check code on every page.</summary>
public sealed class FilingDocument(SKTypeface typeface)
{
    private static readonly TextStyle Title = new(22, Bold: true);
    private static readonly TextStyle Section = new(14, Bold: true);
    private static readonly TextStyle Part = new(11, Bold: true);
    private static readonly TextStyle Small = new(8.5f, Soft: true);

    /// <summary>The headings of a table, over three lines at most, and a row or two.</summary>
    private const int LinesOfATable = 7;

    public byte[] Make(FilingContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var setter = new TextSetter(typeface);
        var body = new PdfFlow(setter);
        var entries = Fill(body, content);
        var cover = Cover(setter, content);
        var contents = Contents(setter, entries, 0);
        var before = cover.Count + contents.Count;
        contents = Contents(setter, entries, before);
        var total = before + body.Count;

        using var file = new MemoryStream();
        using (var document = SKDocument.CreatePdf(file, Metadata(content)))
        {
            cover.Write(document, 1, (_, _) => { });
            contents.Write(document, cover.Count + 1, Frame);
            body.Write(document, before + 1, Frame);
            document.Close();
        }

        return file.ToArray();

        void Frame(SKCanvas canvas, int page)
        {
            PdfFlow.Draw(canvas, setter, $"{content.Enterprise}  {content.Batch}", PdfFlow.Left, 44, Small);
            var number = $"第 {page} 页 共 {total} 页";
            PdfFlow.Draw(canvas, setter, number, (PdfFlow.PageWidth - setter.Width(number, Small)) / 2, PdfFlow.PageHeight - 48, Small);
            PdfFlow.Draw(canvas, setter, content.Number, PdfFlow.Left, PdfFlow.PageHeight - 48, Small);
            var code = content.IsDraft ? "草稿，尚未提交" : $"校验码 {content.Filing.CheckCode}";
            PdfFlow.Draw(canvas, setter, code, PdfFlow.Left + PdfFlow.Width - setter.Width(code, Small), PdfFlow.PageHeight - 48, Small);
        }
    }

    /// <summary>The same filing makes the same file, whenever it is asked for.</summary>
    private static SKDocumentPdfMetadata Metadata(FilingContent content) => new()
    {
        Title = $"{content.Enterprise} {content.Programme}申报书 {content.Number}",
        Author = content.Enterprise,
        Subject = content.Batch,
        Creator = "项目申报与评审系统",
        Creation = content.Filing.FiledAt,
        Modified = content.Filing.FiledAt,
        RasterDpi = SKDocumentPdfMetadata.DefaultRasterDpi,
        EncodingQuality = SKDocumentPdfMetadata.DefaultEncodingQuality,
    };

    private static PdfFlow Cover(TextSetter setter, FilingContent content)
    {
        var cover = new PdfFlow(setter);
        cover.NewPage();
        cover.Space(90);
        cover.Centred(content.Programme, Title);
        cover.Space(10);
        cover.Centred("申 报 书", new TextStyle(30, Bold: true));
        cover.Space(110);
        cover.Pair("申报单位", content.Enterprise);
        cover.Pair("申报批次", content.Batch);
        cover.Pair("申报编号", content.Number);
        cover.Pair(content.IsDraft ? "打印时间" : "提交时间", content.IsDraft ? ChinaTime.DateAndTime(content.Filing.FiledAt) : $"{ChinaTime.DateAndTime(content.Filing.FiledAt)}（第 {content.Filing.Round} 次提交）");
        if (content.Filer is not null)
        {
            cover.Pair(content.IsDraft ? "填报人" : "提交人", content.Filer);
        }

        cover.Pair("受理部门", content.Department);
        cover.Space(40);
        if (content.IsDraft)
        {
            cover.Pair("状态", "草稿，尚未提交");
            cover.Pair("法定代表人", "（签字）");
            cover.Pair("申报单位", "（盖章）          年    月    日");
            cover.Text("本文件按填写中的内容生成，供核对和签章；签章后扫描上传。提交后另有带校验码的版本。", Small);
            return cover;
        }

        cover.Pair("校验码", content.Filing.CheckCode);
        cover.Pair("内容摘要", content.Filing.Digest);
        cover.Text($"本文件由系统按封存的申报书生成。在 {content.CheckAddress} 输入申报编号和校验码，可核对它与系统中封存的内容是否一致。", Small);
        return cover;
    }

    private static PdfFlow Contents(TextSetter setter, List<(string Title, int Page)> entries, int before)
    {
        var contents = new PdfFlow(setter);
        contents.NewPage();
        contents.Heading("目  录", Section);
        foreach (var (title, page) in entries)
        {
            contents.Entry(title, page + before, PdfFlow.Body);
        }

        return contents;
    }

    /// <returns>Sections and the page of the body each begins on, from 1.</returns>
    private static List<(string Title, int Page)> Fill(PdfFlow body, FilingContent content)
    {
        var entries = new List<(string Title, int Page)>();
        body.NewPage();
        foreach (var section in content.Form.Sections)
        {
            var fields = section.Fields.Where(f => Shown(f, content)).ToList();
            if (fields.Count == 0)
            {
                continue;
            }

            Begin($"{entries.Count + 1}. {section.Title}");
            foreach (var field in fields)
            {
                Write(body, field, content);
            }
        }

        Begin($"{entries.Count + 1}. 附件清单");
        if (content.Files.Count == 0)
        {
            body.Text("无附件。", PdfFlow.Body);
        }
        else
        {
            body.Table(
                ["序号", "材料", "文件名", "大小", "页数", "SHA-256"],
                [.. content.Files.Select((f, i) => (IReadOnlyList<string>)
                    [$"{i + 1}", content.Form.FindField(f.FieldKey)?.Label ?? f.FieldKey, f.FileName, FileSizes.Words(f.Size), f.Pages is { } pages ? $"{pages}" : "—", f.Sha256])]);
        }

        return entries;

        void Begin(string title)
        {
            body.Heading(title, Section);
            entries.Add((title, body.Count));
        }
    }

    /// <summary>What was never asked is left out; what was asked and left empty is shown so.</summary>
    private static bool Shown(FieldDefinition field, FilingContent content) => field.Kind switch
    {
        FieldKind.Files => false,
        FieldKind.Computed => !content.Check.Hidden.Contains(field.Key),
        _ => field.VisibleWhen is null || content.Answers[field.Key] is not null,
    };

    private static void Write(PdfFlow body, FieldDefinition field, FilingContent content)
    {
        var answers = content.Answers;
        switch (field.Kind)
        {
            case FieldKind.Computed:
                body.Pair(field.Label, FormDisplay.Computed(field, content.Check.Computed.GetValueOrDefault(field.Key)));
                break;
            case FieldKind.Table:
                var computed = content.Check.Values.GetValueOrDefault(field.Key) as IReadOnlyList<AnswerRow> ?? [];
                var rows = answers.Rows(field.Key).ToList();
                body.Heading($"{field.Label}（{rows.Count} 行）", Part, rows.Count > 0 ? LinesOfATable : 1);
                if (rows.Count > 0)
                {
                    body.Table(
                        [.. field.Columns.Select(c => UnitOf(c) is { } unit ? $"{c.Label}（{unit}）" : c.Label)],
                        [.. rows.Select((r, i) => (IReadOnlyList<string>)[.. field.Columns.Select(c => Bare(c, c.Kind is FieldKind.Computed
                            ? FormDisplay.Computed(c, computed.ElementAtOrDefault(i)?.Cells.GetValueOrDefault(c.Key))
                            : FormDisplay.Text(c, r[c.Key])))])]);
                }

                break;
            case FieldKind.LongText:
                body.Heading(field.Label, Part);
                body.Text(Or(FormDisplay.Text(field, answers[field.Key])), PdfFlow.Body);
                body.Space(8);
                break;
            case FieldKind.Declaration:
                body.Heading(field.Label, Part);
                body.Text($"{field.Statement}（{Or(FormDisplay.Text(field, answers[field.Key]))}）", PdfFlow.Body);
                break;
            default:
                body.Pair(field.Label, Or(FormDisplay.Text(field, answers[field.Key])));
                break;
        }
    }

    /// <summary>The unit of a column, said once in its heading: a narrow cell would part it from its number.</summary>
    private static string? UnitOf(FieldDefinition column) => column switch
    {
        { Kind: FieldKind.Money } or { Kind: FieldKind.Computed, ComputedAs: ComputedFormat.Money } => "万元",
        { Kind: FieldKind.Computed, ComputedAs: ComputedFormat.Percent } => null,
        _ => column.Unit,
    };

    private static string Bare(FieldDefinition column, string text) =>
        UnitOf(column) is { } unit && text.EndsWith($" {unit}", StringComparison.Ordinal) ? text[..^(unit.Length + 1)] : text;

    private static string Or(string text) => text.Length == 0 ? "—" : text;
}
