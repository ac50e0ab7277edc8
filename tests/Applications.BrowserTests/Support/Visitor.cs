using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Applications.BrowserTests.Support;

/// <summary>A person at a browser: goes to pages, presses what is written on buttons, says what is seen. Every page arrived at is handed to the inspector.</summary>
public sealed class Visitor(IBrowserContext context, IPage page, string name, bool scripts, Inspector? inspector) : IAsyncDisposable
{
    public static readonly ViewportSize Wide = new() { Width = 1440, Height = 900 };
    public static readonly ViewportSize Narrow = new() { Width = 390, Height = 844 };

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public IPage Page => page;

    public IBrowserContext Context => context;

    public string Name => name;

    public bool HasScripts => scripts;

    public ILocator Main => page.Locator("main");

    /// <summary>Words that must not stand anywhere in the source of any page this person gets.</summary>
    public HashSet<string> Secrets { get; } = [];

    public async Task SignInAsync(string user, string password)
    {
        await OpenAsync("/account/login");
        await FillLogInAsync(user, password);
        await Expect(page).ToHaveURLAsync(new Regex("/desk$"));
    }

    /// <summary>Signs in on the log-in page one was sent to.</summary>
    public async Task FillLogInAsync(string user, string password)
    {
        var form = Main.Locator("form.card");
        await form.GetByLabel("用户名").FillAsync(user);
        await form.GetByLabel("密码").FillAsync(password);
        await PressAsync("登录", form);
    }

    /// <summary>A second tab of the same browser.</summary>
    public async Task<Visitor> OpenTabAsync() => new(context, await context.NewPageAsync(), name, scripts, inspector);

    /// <summary>The tab dies as it stands: no event handler runs any more.</summary>
    public async Task CrashAsync()
    {
        var crashed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Crash += (_, _) => crashed.TrySetResult();
        try
        {
            await page.GotoAsync("chrome://crash");
        }
        catch (PlaywrightException)
        {
            // The navigation cannot end well.
        }

        await crashed.Task.WaitAsync(Patience);
    }

    public async Task OpenAsync(string path)
    {
        await page.GotoAsync(path);
        await ArriveAsync();
    }

    /// <summary>Presses a button that leads to another page.</summary>
    public Task PressAsync(string button, ILocator? within = null) =>
        LeaveAsync(() => (within ?? Main).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync());

    /// <summary>Presses a button that asks first, and says yes in the dialog. Without scripts nothing asks.</summary>
    public async Task PressAndConfirmAsync(string button, ILocator? within = null, string? question = null)
    {
        if (!scripts)
        {
            await PressAsync(button, within);
            return;
        }

        var dialog = await AskAsync(button, within);
        if (question is not null)
        {
            await Expect(dialog).ToContainTextAsync(question);
        }

        await LeaveAsync(() => dialog.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync());
    }

    /// <summary>Presses a button that asks first and leaves the question open.</summary>
    public async Task<ILocator> AskAsync(string button, ILocator? within = null)
    {
        await (within ?? Main).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();
        return dialog;
    }

    /// <summary>Follows a link by its words.</summary>
    public Task FollowAsync(string link, ILocator? within = null) =>
        LeaveAsync(() => (within ?? Main).GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync());

    public async Task SeesAsync(params string[] texts)
    {
        foreach (var text in texts)
        {
            await Expect(Main).ToContainTextAsync(text);
        }
    }

    public async Task DoesNotSeeAsync(params string[] texts)
    {
        foreach (var text in texts)
        {
            await Expect(Main).Not.ToContainTextAsync(text);
        }
    }

    /// <summary>Does something that leads to another page and waits until that page works.</summary>
    public async Task LeaveAsync(Func<Task> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Loaded(object? sender, IPage loadedPage) => loaded.TrySetResult();
        page.Load += Loaded;
        try
        {
            await act();
            await loaded.Task.WaitAsync(Patience);
        }
        finally
        {
            page.Load -= Loaded;
        }

        await ArriveAsync();
    }

    /// <summary>Opens every closed part of the page that opens with a click.</summary>
    public async Task UnfoldAsync(string summary, ILocator? within = null)
    {
        var details = (within ?? Main).Locator($"details:has(> summary:has-text('{summary}'))").First;
        if (await details.GetAttributeAsync("open") is null)
        {
            await details.Locator(":scope > summary").ClickAsync();
        }
    }

    public async ValueTask DisposeAsync() => await context.CloseAsync();

    private async Task ArriveAsync()
    {
        if (scripts)
        {
            await page.Locator("html[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }

        if (Secrets.Count > 0)
        {
            var source = await page.ContentAsync();
            Assert.DoesNotContain(Secrets, secret => source.Contains(secret, StringComparison.Ordinal));
        }

        if (inspector is not null)
        {
            await inspector.LookAtAsync(this);
        }
    }
}
