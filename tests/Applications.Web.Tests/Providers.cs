using Applications.Testing.Databases;

namespace Applications.Web.Tests;

/// <summary>The databases on which what holds must hold alike.</summary>
public static class Providers
{
    public static TheoryData<string> All => [TestDatabases.Sqlite, TestDatabases.Postgres];

    public static void SkipUnlessAvailable(string provider)
    {
        if (TestDatabases.Unavailable(provider) is { } reason)
        {
            Assert.Skip(reason);
        }
    }
}
