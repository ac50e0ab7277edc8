using System.Net.Http.Headers;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Applications.Data.Seed;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Applications.Testing;

/// <summary>Reads pages and posts the forms found in them, tokens and hidden fields included, as a browser without scripts would.</summary>
public sealed class FormClient(HttpClient http)
{
    public HttpClient Http => http;

    public static async Task<FormClient> SignInAsync(AppHost host, string userName)
    {
        var (client, login) = await StartAsync(host, "/account/login");
        return await client.SignInAsync(login, userName);
    }

    /// <summary>Signs in at a server that listens on a port.</summary>
    public static async Task<FormClient> SignInAsync(Uri address, string userName)
    {
        var client = new FormClient(new HttpClient(new SocketsHttpHandler { UseProxy = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(10) }) { BaseAddress = address });
        return await client.SignInAsync(await client.GetAsync("/account/login"), userName);
    }

    private async Task<FormClient> SignInAsync(IDocument login, string userName)
    {
        var answer = await PostAsync(login, "form.card", ("UserName", userName), ("Password", DemoAccounts.Password));
        if (answer.QuerySelector(".login") is not null)
        {
            throw new InvalidOperationException($"{userName} could not sign in: {answer.Body?.TextContent}");
        }

        return this;
    }

    /// <summary>A stranger on one page.</summary>
    public static async Task<(FormClient Client, IDocument Page)> StartAsync(AppHost host, string path)
    {
        ArgumentNullException.ThrowIfNull(host);
        var client = new FormClient(host.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost") }));
        return (client, await client.GetAsync(path));
    }

    public async Task<IDocument> GetAsync(string path) => await ReadAsync(await http.GetAsync(new Uri(path, UriKind.Relative)));

    /// <summary>Posts the form that <paramref name="selector"/> finds, with <paramref name="values"/> set; an empty list of a name leaves it out.</summary>
    public async Task<IDocument> PostAsync(IDocument page, string selector, params (string Name, string Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(page);
        var form = FormOf(page, selector);
        var fields = FieldsOf(page, selector).Where(f => values.All(v => v.Name != f.Key)).Concat(values.Select(v => KeyValuePair.Create(v.Name, v.Value)));
        var action = form.GetAttribute("action") is { Length: > 0 } given ? given : page.Url;
        using var content = new FormUrlEncodedContent(fields);
        return await ReadAsync(await http.PostAsync(new Uri(new Uri(page.Url), action), content));
    }

    /// <summary>What the form would send as it stands, files left out.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> FieldsOf(IDocument page, string selector)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var element in FormOf(page, selector).QuerySelectorAll("input[name], textarea[name], select[name]"))
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "file" }:
                    break;
                case IHtmlInputElement input:
                    fields.Add(new(input.Name!, input.Value));
                    break;
                case IHtmlTextAreaElement area:
                    fields.Add(new(area.Name!, area.Value));
                    break;
                case IHtmlSelectElement select:
                    fields.Add(new(select.Name!, select.Value ?? string.Empty));
                    break;
            }
        }

        return fields;
    }

    /// <summary>A page that was fetched by other means.</summary>
    public static Task<IDocument> ParseAsync(string html) => BrowsingContext.New(Configuration.Default).OpenAsync(r => r.Content(html));

    private static IHtmlFormElement FormOf(IDocument page, string selector) =>
        page.QuerySelector(selector) as IHtmlFormElement ?? throw new InvalidOperationException($"No form '{selector}' on {page.Title}.");

    /// <summary>Posts a body of the caller's making, asking first whether it is welcome, as browsers do in effect by reading while they send.</summary>
    public async Task<IDocument> SendAsync(string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        return await ReadAsync(await http.SendAsync(request));
    }

    /// <summary>Hands a spreadsheet in at the page's form with the field <c>Upload</c>.</summary>
    public async Task<IDocument> UploadAsync(string path, byte[] file, params (string Name, string Value)[] values)
    {
        var page = await GetAsync(path);
        using var content = new MultipartFormDataContent { { new StringContent(page.QuerySelector("main form [name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" } };
        using var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        content.Add(part, "Upload", "table.xlsx");
        foreach (var (name, value) in values)
        {
            content.Add(new StringContent(value), name);
        }

        return await SendAsync(path, content);
    }

    /// <summary>Posts the form that <paramref name="selector"/> finds as it stands, and gives what comes back as bytes.</summary>
    public async Task<byte[]> DownloadAsync(IDocument page, string selector)
    {
        ArgumentNullException.ThrowIfNull(page);
        var form = (IHtmlFormElement)page.QuerySelector(selector)!;
        using var content = new FormUrlEncodedContent(form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>().Select(i => new KeyValuePair<string, string>(i.Name!, i.Value)));
        using var answer = await http.PostAsync(new Uri(new Uri(page.Url), form.GetAttribute("action")), content);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }

    private static async Task<IDocument> ReadAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        var context = BrowsingContext.New(Configuration.Default);
        var document = await context.OpenAsync(r => r.Content(html).Address(response.RequestMessage!.RequestUri!).Status(response.StatusCode));
        return document;
    }
}
