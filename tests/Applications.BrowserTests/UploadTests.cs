using System.Security.Cryptography;
using Applications.BrowserTests.People;
using Applications.BrowserTests.Support;
using Applications.Domain.Calendars;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Applications.BrowserTests;

/// <summary>A large file over a line that breaks: it goes on where it stopped, after a cut and after the page was loaded again.</summary>
[Collection(SiteCollection.Name)]
public sealed class UploadTests(Site site) : BrowserTest(site)
{
    private const string Field = "creditReport";
    private const string Name = "信用报告（扫描件）.pdf";

    [Fact]
    public async Task LargeFile_LineCutInTheMiddle_GoesOnByItself()
    {
        var (enterprise, application) = await StartAsync("断网续传");
        var file = Large();
        var sent = Watch(enterprise.Page);
        var part = enterprise.Main.Locator($"section#{Field}");
        await CutAfterAsync(enterprise, 4);

        await part.Locator(":scope > form.upload input[type=file]").SetInputFilesAsync(file);
        await part.Locator(":scope > form.upload button").ClickAsync();
        await Expect(part.Locator(".sending")).ToContainTextAsync("网络中断");
        await enterprise.Page.UnrouteAllAsync();

        await Expect(part).ToContainTextAsync("附件已上传");
        await ExpectKeptAsync(application, file);
        Assert.Equal(sent.Count, sent.Distinct().Count());
        Assert.Equal(12, sent.Count);
    }

    [Fact]
    public async Task LargeFile_PageLoadedAgain_ChosenAgainGoesOn()
    {
        var (enterprise, application) = await StartAsync("刷新后续传");
        var file = Large();
        var part = enterprise.Main.Locator($"section#{Field}");
        await CutAfterAsync(enterprise, 5);
        await part.Locator(":scope > form.upload input[type=file]").SetInputFilesAsync(file);
        await part.Locator(":scope > form.upload button").ClickAsync();
        await Expect(part.Locator(".sending")).ToContainTextAsync("网络中断");

        await enterprise.Page.UnrouteAllAsync();
        await enterprise.OpenSectionAsync(application, "attachments");
        await Expect(part).ToContainTextAsync("未传完：已收到 5 MB / 12 MB");
        var sent = Watch(enterprise.Page);
        await DropAsync(enterprise, part, file);

        await Expect(part).ToContainTextAsync("附件已上传");
        await ExpectKeptAsync(application, file);
        Assert.Equal(7, sent.Count);
    }

    [Fact]
    public async Task Upload_Cancelled_LeavesNothing()
    {
        var (enterprise, application) = await StartAsync("取消上传");
        var part = enterprise.Main.Locator($"section#{Field}");
        await CutAfterAsync(enterprise, 2);
        await part.Locator(":scope > form.upload input[type=file]").SetInputFilesAsync(Large());
        await part.Locator(":scope > form.upload button").ClickAsync();
        await Expect(part.Locator(".sending")).ToContainTextAsync("网络中断");

        await part.GetByRole(AriaRole.Button, new() { Name = $"取消上传 {Name}" }).ClickAsync();
        await Expect(part.Locator(".sending li")).ToHaveCountAsync(0);
        await enterprise.OpenSectionAsync(application, "attachments");
        await Expect(part).Not.ToContainTextAsync("未传完");
        Assert.False(await Site.ReadAsync(db => db.Attachments.AnyAsync(a => a.CaseId == application && a.FieldKey == Field)));
    }

    [Fact]
    public async Task Hash_OfAFile_IsCopiedWhole()
    {
        var (enterprise, application) = await StartAsync("校验值");
        await enterprise.UploadAsync(Field, Sample.FileOf("信用报告.pdf"));
        var part = enterprise.Main.Locator($"section#{Field}");

        await part.Locator(".file-hash summary").ClickAsync();
        await part.Locator("[data-copy]").ClickAsync();

        await Expect(part.Locator("[data-copy]")).ToHaveTextAsync("已复制");
        var copied = await enterprise.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        Assert.Equal(await Site.ReadAsync(db => db.Attachments.Where(a => a.CaseId == application && a.FieldKey == Field).Select(a => a.Sha256).SingleAsync()), copied);
    }

    private async Task<(Visitor Enterprise, Guid Application)> StartAsync(string what)
    {
        var batch = $"2026年度“一企一技术”研发中心（{what}）";
        await (await AsAsync("jingban")).OpenBatchAsync(batch, ChinaTime.Today(Site.Clock));
        var enterprise = await AsAsync("qiye39");
        var application = await enterprise.StartApplicationAsync(batch);
        await enterprise.OpenSectionAsync(application, "attachments");
        return (enterprise, application);
    }

    private static FilePayload Large()
    {
        var content = RandomNumberGenerator.GetBytes(12 * 1024 * 1024);
        "%PDF-1.4\n1 0 obj<</Type/Pages/Count 120>>endobj\n"u8.CopyTo(content);
        return new FilePayload { Name = Name, MimeType = "application/pdf", Buffer = content };
    }

    /// <summary>The line holds for so many parts and is dead then, until the routes are taken away.</summary>
    private static async Task CutAfterAsync(Visitor enterprise, int parts)
    {
        var passed = 0;
        await enterprise.Page.RouteAsync("**/uploads/**", async route =>
        {
            var cut = route.Request.Method == "PUT" && passed >= parts;
            passed += route.Request.Method == "PUT" ? 1 : 0;
            await (cut || passed > parts && route.Request.Method == "GET" ? route.AbortAsync("internetdisconnected") : route.ContinueAsync());
        });
    }

    /// <summary>The ranges of the parts that arrived.</summary>
    private static List<string> Watch(IPage page)
    {
        var sent = new List<string>();
        page.Response += (_, answer) =>
        {
            if (answer.Request.Method == "PUT" && answer.Status < 300)
            {
                sent.Add(answer.Request.Headers["content-range"]);
            }
        };
        return sent;
    }

    private static async Task DropAsync(Visitor enterprise, ILocator part, FilePayload file)
    {
        var input = part.Locator(":scope > form.upload input[type=file]");
        await input.SetInputFilesAsync(file);
        await input.EvaluateAsync(
            """
            input => {
              const files = new DataTransfer();
              files.items.add(input.files[0]);
              input.value = "";
              input.closest("section").dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
            }
            """);
    }

    private async Task ExpectKeptAsync(Guid application, FilePayload file)
    {
        var kept = await Site.ReadAsync(db => db.Attachments.SingleAsync(a => a.CaseId == application && a.FieldKey == Field && a.RemovedAt == null));
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(file.Buffer)), file.Name, 120), (kept.Sha256, kept.FileName, kept.Pages));
    }
}
