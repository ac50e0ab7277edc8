using AngleSharp.Dom;
using Applications.Data;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Applications.Web.Tests.Features.Administration;

/// <summary>One running demonstration for the tests of a class; each test uses accounts and units of its own.</summary>
public sealed class AdminHost : IAsyncLifetime
{
    public AppHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await AppHost.StartAsync(TestDatabases.Sqlite);

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public Task<FormClient> SignInAsync(string login) => FormClient.SignInAsync(Host, login);

    /// <summary>A browser that nobody has signed in with.</summary>
    public FormClient NewClient() => new(Host.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost") }));

    public Task<T> QueryAsync<T>(Func<ApplicationsDbContext, Task<T>> query) => Host.InScopeAsync((_, db) => query(db));
}

/// <summary>What people do on pages beyond posting a form as it stands.</summary>
internal static class Acts
{
    /// <summary>Presses a button that sends its form elsewhere.</summary>
    public static Task<IDocument> PressAsync(this FormClient client, IDocument page, string button, params (string Name, string Value)[] values)
    {
        var pressed = page.QuerySelector(button) ?? throw new InvalidOperationException($"No button '{button}' on {page.Title}.");
        var form = pressed.Closest("form")!;
        form.SetAttribute("action", pressed.GetAttribute("formaction") ?? form.GetAttribute("action") ?? string.Empty);
        form.SetAttribute("data-pressed", "true");
        return client.PostAsync(page, "form[data-pressed]", values);
    }

    /// <summary>Logs in; the answer is whatever page follows.</summary>
    public static async Task<IDocument> LogInAsync(this FormClient client, string login, string password) =>
        await client.PostAsync(await client.GetAsync("/account/login"), "form.card", ("UserName", login), ("Password", password));

    /// <summary>Makes an account and returns its initial password as the page shows it.</summary>
    public static async Task<string> CreateAccountAsync(this FormClient admin, string role, string login, params (string Name, string Value)[] unit)
    {
        var form = await admin.GetAsync($"/admin/accounts/new?role={role}");
        var made = await admin.PostAsync(
            form, "main form.card", [("Input.Login", login), ("Input.Name", "测试员"), ("Input.Email", $"{login}@test.example"), .. unit]);
        return made.QuerySelector("#initial-password")?.TextContent ?? throw new InvalidOperationException(made.Body!.TextContent);
    }

    public static string Text(this IDocument page) => page.QuerySelector("main")?.TextContent ?? page.Body!.TextContent;
}
