using System.Text;
using Applications.Data.Workflow;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using MiniExcelLibs;

namespace Applications.BrowserTests.Support;

/// <summary>The sample application of a programme, as an enterprise of the demonstration would give it, and small real files.</summary>
public sealed class Sample
{
    public const string Programme = "one-enterprise-one-technology";

    private const string Pdf =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

    private readonly SampleApplication sample;

    private Sample(SampleApplication sample, FormDefinition form, string enterprise)
    {
        this.sample = sample;
        Form = form;
        Enterprise = enterprise;
        Answers = Answers.Parse(sample.NewAnswers().ToJson().Replace(sample.Enterprise.Name, enterprise, StringComparison.Ordinal));
    }

    /// <summary>The applicant's name.</summary>
    public string Enterprise { get; }

    public FormDefinition Form { get; }

    public Answers Answers { get; }

    /// <summary>Field → names of the files it wants.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<AnswerFile>> Files => sample.Files;

    public static async Task<Sample> OfAsync(Site site, string enterprise)
    {
        ArgumentNullException.ThrowIfNull(site);
        var path = Path.Combine(AppContext.BaseDirectory, "workflows", Programme, SampleApplication.FileName);
        var sample = SampleApplication.Parse(await File.ReadAllTextAsync(path), SampleApplication.FileName);
        return new Sample(sample, site.Host.Services.GetRequiredService<DefinitionCatalog>().Editions[Programme].Form, enterprise);
    }

    /// <summary>A draft filled behind the pages, for tests that are about something else. The fields and files in <paramref name="except"/> stay empty.</summary>
    public async Task PutIntoAsync(Site site, Guid application, params string[] except)
    {
        ArgumentNullException.ThrowIfNull(site);
        await site.Host.InScopeAsync(async (_, db) =>
        {
            var one = await db.Applications.SingleAsync(a => a.Id == application);
            var all = Answers.Parse(one.Answers);
            foreach (var (key, value) in Answers.Json.Where(a => !except.Contains(a.Key) && all[a.Key] is null or System.Text.Json.Nodes.JsonArray { Count: 0 }))
            {
                all[key] = value?.DeepClone();
            }

            one.SaveAnswers(all.ToJson(), one.EnterpriseName, site.Clock.GetUtcNow().UtcDateTime);
            one.Version = Guid.NewGuid();
            var file = await db.Attachments.AsNoTracking().FirstAsync(f => f.CaseId != application);
            db.Attachments.AddRange(Files.Where(f => !except.Contains(f.Key)).SelectMany(f => f.Value.Select(given => new Domain.Cases.Attachment
            {
                Id = Guid.CreateVersion7(),
                CaseId = application,
                FieldKey = f.Key,
                FileName = given.Name,
                ContentType = file.ContentType,
                Size = file.Size,
                Sha256 = file.Sha256,
                AddedAt = site.Clock.GetUtcNow().UtcDateTime,
                AddedBy = one.EnterpriseName,
            })));
            return await db.SaveChangesAsync();
        });
    }

    /// <summary>A file of the kind its name promises, small but real.</summary>
    public static FilePayload FileOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith(".xlsx", StringComparison.Ordinal)
            ? new FilePayload { Name = name, MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Buffer = Sheet() }
            : new FilePayload { Name = name, MimeType = "application/pdf", Buffer = Encoding.ASCII.GetBytes(Pdf) };
    }

    private static byte[] Sheet()
    {
        using var sheet = new MemoryStream();
        sheet.SaveAs(new[] { new { 姓名 = "示例丁", 职称 = "高级工程师" }, new { 姓名 = "示例戊", 职称 = "研究员" } });
        return sheet.ToArray();
    }
}
