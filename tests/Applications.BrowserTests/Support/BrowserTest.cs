using Applications.Data.Seed;
using Applications.Testing.Browsers;

namespace Applications.BrowserTests.Support;

/// <summary>A test in which people sit at browsers. They are sent home at its end; if it failed, what they last saw is kept.</summary>
public abstract class BrowserTest(Site site) : IAsyncDisposable
{
    private readonly Dictionary<string, Visitor> known = [];
    private readonly List<Visitor> visitors = [];

    protected Site Site => site;

    /// <summary>Looks at every page when set.</summary>
    protected Inspector? Inspector { get; init; }

    protected bool Scripts { get; init; } = true;

    /// <summary>Somebody who is not signed in.</summary>
    protected async Task<Visitor> VisitAsync(string name = "anybody")
    {
        if (ChromiumLocator.Unavailable is { } reason)
        {
            Assert.Skip(reason);
        }

        var context = await site.NewContextAsync(Scripts);
        context.SetDefaultTimeout((float)Visitor.Patience.TotalMilliseconds);
        var visitor = new Visitor(context, await context.NewPageAsync(), name, Scripts, Inspector);
        visitors.Add(visitor);
        return visitor;
    }

    /// <summary>This user, at the same browser as before; signed in again when the session has run out.</summary>
    protected async Task<Visitor> AsAsync(string user)
    {
        if (!known.TryGetValue(user, out var visitor))
        {
            known[user] = visitor = await VisitAsync(user);
            await visitor.SignInAsync(user, DemoAccounts.Password);
            return visitor;
        }

        await visitor.OpenAsync("/desk");
        if (new Uri(visitor.Page.Url).AbsolutePath == "/account/login")
        {
            await visitor.SignInAsync(user, DemoAccounts.Password);
        }

        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in visitors)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
            {
                await Artefacts.KeepAsync(visitor);
            }

            await visitor.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
