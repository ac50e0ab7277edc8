namespace Applications.Testing.Browsers;

/// <summary>Where Chromium is: <c>APPLICATIONS_TEST_CHROMIUM</c>, otherwise where distributions install it. Playwright's own download is not used.</summary>
public static class ChromiumLocator
{
    private const string Variable = "APPLICATIONS_TEST_CHROMIUM";

    private static readonly string[] UsualPlaces =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome-stable", "/usr/bin/google-chrome"];

    /// <summary>The executable's path, or null when this machine has none.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
        ? File.Exists(given) ? given : null
        : UsualPlaces.FirstOrDefault(File.Exists);

    /// <summary>Why there is no browser, for the skip message; null when there is one.</summary>
    public static string? Unavailable => Path is null
        ? $"no Chromium: {Variable} does not name one and none is in the usual places"
        : null;

    /// <summary>Arguments that a container or a root account needs.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
        Environment.UserName == "root" ? ["--no-sandbox", "--disable-dev-shm-usage"] : ["--disable-dev-shm-usage"];
}
