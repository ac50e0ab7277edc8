using Applications.Data;
using Applications.Testing;
using Applications.Testing.Browsers;
using Applications.Testing.Databases;
using Applications.Web.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Applications.BrowserTests.Support;

/// <summary>The real server with its demonstration data, one browser, and a clock that only goes forward. Every test of the collection uses this one and makes its own batch.</summary>
public sealed class Site : IAsyncLifetime
{
    private AppHost? host;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A Monday morning in the year of the sample application.</summary>
    public OffsetClock Clock { get; } = new(new DateTimeOffset(2026, 5, 11, 9, 0, 0, TimeSpan.FromHours(8)));

    public AppHost Host => host ?? throw new InvalidOperationException("The site is not running.");

    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (ChromiumLocator.Unavailable is not null)
        {
            return;
        }

        host = new AppHost(await TestDatabases.CreateAsync(TestDatabases.Sqlite), new AppHostOptions { Clock = Clock });
        host.UseKestrel(0);
        host.StartServer();
        Address = host.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        Assertions.SetDefaultExpectTimeout((float)Visitor.Patience.TotalMilliseconds);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = ChromiumLocator.Path, Args = ChromiumLocator.Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }

    /// <summary>A fresh browser context, as of a person who was never here.</summary>
    public Task<IBrowserContext> NewContextAsync(bool scripts) => browser!.NewContextAsync(new BrowserNewContextOptions
    {
        BaseURL = Address,
        JavaScriptEnabled = scripts,
        ViewportSize = Visitor.Wide,
        ColorScheme = ColorScheme.Light,
        Locale = "zh-CN",
        ReducedMotion = ReducedMotion.Reduce,
        Permissions = ["clipboard-read", "clipboard-write"],
    });

    /// <summary>Moves the clock and does what falls due by then.</summary>
    public async Task SkipToAsync(DateTime utc)
    {
        Clock.SkipTo(utc);
        await RunJobsAsync();
    }

    /// <summary>Timers and outbox, until nothing is left.</summary>
    public async Task RunJobsAsync()
    {
        var timers = Host.Services.GetRequiredService<FireTimers>();
        var outbox = Host.Services.GetRequiredService<DrainOutbox>();
        while (await timers.ExecuteAsync(CancellationToken.None) + await outbox.ExecuteAsync(CancellationToken.None) > 0)
        {
        }
    }

    public Task<T> ReadAsync<T>(Func<ApplicationsDbContext, Task<T>> read) => Host.InScopeAsync((_, db) => read(db));
}

/// <summary>Tests that share the site run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SiteCollection : ICollectionFixture<Site>
{
    public const string Name = "site";
}
