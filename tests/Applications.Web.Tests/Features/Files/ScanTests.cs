using System.Net;
using System.Text;
using Applications.Domain.Cases;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Testing.Scanning;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Files;

/// <summary>With a virus scanner: what waits or is infected is not submitted, and a silent scanner is told, not passed over.</summary>
public sealed class ScanTests
{
    private const string Field = "creditReport";

    [Fact]
    public async Task CleanFile_WaitsForTheScanner_AndIsSubmittedAfterwards()
    {
        await using var clamd = ClamdServer.Start();
        await using var host = await StartAsync(clamd.Address);
        var (draft, client) = await DraftAsync(host);
        await PutAsync(host, draft, "%PDF-1.4 clean");

        await ExpectTroubleAsync(client, draft, "正在查毒");
        Assert.Equal(await CountAsync(host, draft), await ScanAsync(host));

        Assert.Contains("%PDF-1.4 clean".Length, clamd.Seen);
        Assert.Equal(ScanVerdict.Clean, await VerdictAsync(host, draft));
        await ExpectSubmittedAsync(client, draft);
    }

    [Fact]
    public async Task InfectedFile_IsNeitherSubmittedNorGivenOut()
    {
        await using var clamd = ClamdServer.Start();
        await using var host = await StartAsync(clamd.Address);
        var (draft, client) = await DraftAsync(host);
        var file = await PutAsync(host, draft, "%PDF-1.4 " + ClamdServer.Eicar);

        await ScanAsync(host);

        await ExpectTroubleAsync(client, draft, "含有病毒（Eicar-Test-Signature）");
        foreach (var tail in new[] { "", "/view" })
        {
            using var answer = await client.Http.GetAsync(new Uri($"/cases/{draft.CaseId}/files/{file}{tail}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task SilentScanner_IsToldToApplicantAndAdministrator_AndCatchesUp()
    {
        var port = ClamdServer.FreePort();
        await using var host = await StartAsync($"tcp://127.0.0.1:{port}");
        var (draft, client) = await DraftAsync(host);
        await PutAsync(host, draft, "%PDF-1.4 clean");

        Assert.Equal(0, await ScanAsync(host));

        await ExpectTroubleAsync(client, draft, "查毒服务暂时不可用");
        var admin = await FormClient.SignInAsync(host, "admin");
        Assert.Contains("查毒服务不可用", (await admin.GetAsync("/desk")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(await VerdictAsync(host, draft));
    }

    [Fact]
    public async Task ScannerThatAnswersNonsense_CountsAsDown()
    {
        await using var clamd = ClamdServer.Start();
        await using var host = await StartAsync(clamd.Address);
        var (draft, client) = await DraftAsync(host);
        await PutAsync(host, draft, "%PDF-1.4 clean");
        clamd.Broken = true;

        Assert.Equal(0, await ScanAsync(host));
        await ExpectTroubleAsync(client, draft, "查毒服务暂时不可用");

        clamd.Broken = false;
        await ScanAsync(host);
        Assert.Equal(ScanVerdict.Clean, await VerdictAsync(host, draft));
        await ExpectSubmittedAsync(client, draft);
    }

    [Fact]
    public async Task FileTooLargeForTheScanner_IsRefusedInWords()
    {
        await using var clamd = ClamdServer.Start();
        await using var host = await StartAsync(clamd.Address);
        var (draft, client) = await DraftAsync(host);
        clamd.MostBytes = 100_000;
        await PutAsync(host, draft, "%PDF-1.4 " + new string('x', 300_000));

        await ScanAsync(host);

        Assert.Equal(ScanVerdict.Refused, await VerdictAsync(host, draft));
        await ExpectTroubleAsync(client, draft, "超出查毒服务能检查的范围");
    }

    private static Task<AppHost> StartAsync(string address) =>
        AppHost.StartAsync(TestDatabases.Sqlite, new AppHostOptions { Quiet = true, Settings = new Dictionary<string, string> { ["Clamav:Address"] = address, ["Clamav:TimeoutSeconds"] = "5" } });

    /// <summary>A draft in order; what the demonstration left waiting elsewhere is out of the way.</summary>
    private static async Task<(Draft Draft, FormClient Client)> DraftAsync(AppHost host)
    {
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        await host.InScopeAsync((_, db) => db.Attachments.Where(a => a.FiledInRound == null && a.CaseId != draft.CaseId).ExecuteDeleteAsync());
        return (draft, await FormClient.SignInAsync(host, draft.UserName));
    }

    private static async Task<Guid> PutAsync(AppHost host, Draft draft, string content)
    {
        using var bytes = new MemoryStream(Encoding.ASCII.GetBytes(content));
        var kept = await host.Services.GetRequiredService<Web.Files.IFileStore>().SaveAsync(bytes, long.MaxValue, CancellationToken.None);
        return await host.InScopeAsync(async (_, db) =>
        {
            var old = await db.Attachments.AsNoTracking().FirstAsync(a => a.CaseId == draft.CaseId && a.FieldKey == Field);
            await db.Attachments.Where(a => a.CaseId == draft.CaseId && a.FieldKey == Field).ExecuteDeleteAsync();
            var file = new Attachment
            {
                Id = Guid.CreateVersion7(),
                CaseId = draft.CaseId,
                FieldKey = Field,
                FileName = "信用报告.pdf",
                ContentType = "application/pdf",
                Size = kept.Size,
                Sha256 = kept.Sha256,
                AddedAt = old.AddedAt,
                AddedBy = old.AddedBy,
            };
            db.Attachments.Add(file);
            await db.SaveChangesAsync();
            return file.Id;
        });
    }

    private static Task<int> ScanAsync(AppHost host) => host.Services.GetRequiredService<ScanFiles>().ExecuteAsync(CancellationToken.None);

    private static Task<int> CountAsync(AppHost host, Draft draft) => host.InScopeAsync((_, db) => db.Attachments.CountAsync(a => a.CaseId == draft.CaseId && a.RemovedAt == null));

    private static Task<ScanVerdict?> VerdictAsync(AppHost host, Draft draft) =>
        host.InScopeAsync((_, db) => db.Attachments.Where(a => a.CaseId == draft.CaseId && a.FieldKey == Field).Select(a => a.Scan).SingleAsync());

    /// <summary>Said at the field, on the list before submission, and the submission itself is refused.</summary>
    private static async Task ExpectTroubleAsync(FormClient client, Draft draft, string words)
    {
        var section = await client.GetAsync($"/cases/{draft.CaseId}/edit/attachments");
        Assert.Contains(words, section.QuerySelector($"#{Field} .field-error")!.TextContent, StringComparison.Ordinal);
        var submit = await client.GetAsync($"/cases/{draft.CaseId}/submit");
        Assert.Contains(words, submit.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(submit.QuerySelector("form.card"));
    }

    private static async Task ExpectSubmittedAsync(FormClient client, Draft draft)
    {
        var answer = await client.PostAsync(await client.GetAsync($"/cases/{draft.CaseId}/submit"), "form.card");
        Assert.Contains("已提交，申报编号", answer.Body!.TextContent, StringComparison.Ordinal);
    }
}
