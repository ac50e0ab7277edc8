using Applications.Testing;
using Applications.Testing.Browsers;
using Applications.Testing.Databases;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Applications.BrowserTests;

/// <summary>Every desk in a real browser, at two widths, with axe finding nothing.</summary>
public sealed class LookTests
{
    public static TheoryData<string, string[]> Desks => new()
    {
        { "qiye02", ["/desk", "/cases", "/cases/new", "/enterprise"] },
        { "shi01", ["/desk", "/cases", "/recommendations"] },
        { "jingban", ["/desk", "/cases", "/admin/batches", "/admin/mails"] },
        { "zhuanjia01", ["/desk", "/reviews"] },
    };

    [Theory]
    [MemberData(nameof(Desks))]
    public async Task Pages_OfADesk_AreAccessibleAtBothWidths(string user, string[] paths)
    {
        if (ChromiumLocator.Unavailable is { } reason)
        {
            Assert.Skip(reason);
        }

        await using var host = new AppHost(await TestDatabases.CreateAsync(TestDatabases.Sqlite));
        host.UseKestrel(0);
        host.StartServer();
        var address = host.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = ChromiumLocator.Path, Args = ChromiumLocator.Arguments });
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"{address}/account/login");
        await page.FillAsync("form.card [name=UserName]", user);
        await page.FillAsync("form.card [name=Password]", Data.Seed.DemoAccounts.Password);
        await page.ClickAsync("form.card button");
        await page.WaitForURLAsync("**/desk");
        foreach (var path in paths)
        {
            foreach (var width in new[] { 1440, 390 })
            {
                await page.SetViewportSizeAsync(width, 900);
                await page.GotoAsync(address + path);
                var result = await page.RunAxe();
                Assert.True(result.Violations.Length == 0, $"{path} at {width}: {string.Join("; ", result.Violations.Select(v => $"{v.Id} {v.Nodes[0].Html}"))}");
                var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                Assert.True(overflow <= 0, $"{path} at {width} is {overflow} px too wide.");
                if (Environment.GetEnvironmentVariable("APPLICATIONS_TEST_SCREENSHOTS") is { Length: > 0 } folder)
                {
                    await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{user}{path.Replace('/', '-')}-{width}.png") });
                }
            }
        }
    }
}
