using System.Text;
using System.Text.RegularExpressions;
using Applications.Data.Seed;

namespace Applications.Benchmarks.Load;

/// <summary>Somebody who is signed in: the cookies, and the token that forms of this account carry.</summary>
internal sealed partial class Session : IDisposable
{
    private readonly HttpConnection connection;
    private readonly Dictionary<string, string> cookies = [];

    private Session(HttpConnection connection) => this.connection = connection;

    /// <summary>The value of the Cookie header.</summary>
    public string Cookies => string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}"));

    public static async Task<Session> SignInAsync(int port, string userName)
    {
        var session = new Session(await HttpConnection.OpenAsync(port));
        var login = await session.GetAsync("/account/login");
        await session.SendAsync(HttpRequests.Post(
            "/account/login", session.Cookies, [("UserName", userName), ("Password", DemoAccounts.Password), (TokenField, TokenOf(login))]));
        return session.connection.Status == 302 ? session : throw new InvalidOperationException($"{userName} could not sign in.");
    }

    /// <summary>The page's source.</summary>
    public async Task<string> GetAsync(string path)
    {
        await SendAsync(HttpRequests.Get(path, Cookies));
        return connection.Status == 200 ? Encoding.UTF8.GetString(connection.Body) : throw new InvalidOperationException($"{path}: {connection.Status}");
    }

    public const string TokenField = "__RequestVerificationToken";

    /// <summary>The antiforgery token in a page's first form.</summary>
    public static string TokenOf(string html) => Value(html, TokenField);

    /// <summary>The value of a hidden field.</summary>
    public static string Value(string html, string name) =>
        HiddenField().Matches(html).FirstOrDefault(m => m.Groups["name"].Value == name)?.Groups["value"].Value
        ?? throw new InvalidOperationException($"The page has no field {name}.");

    public void Dispose() => connection.Dispose();

    private async Task SendAsync(byte[] request)
    {
        await connection.SendAsync(request);
        foreach (Match set in SetCookie().Matches(connection.Head))
        {
            cookies[set.Groups["name"].Value] = set.Groups["value"].Value;
        }
    }

    [GeneratedRegex("""<input(?=[^>]*\bname="(?<name>[^"]+)")(?=[^>]*\bvalue="(?<value>[^"]*)")[^>]*>""")]
    private static partial Regex HiddenField();

    [GeneratedRegex(@"^Set-Cookie: (?<name>[^=]+)=(?<value>[^;\r]*)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex SetCookie();
}
