using Applications.Data.Seed;

namespace Applications.Web.Infrastructure.Startup;

/// <summary>Tells whoever started the demonstration where it is and how to get in.</summary>
public static class Welcome
{
    public static void Print(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var address = app.Urls.FirstOrDefault() ?? "http://localhost:5000";
        Console.WriteLine($"""

            项目申报与评审系统（演示数据，均为虚构）
              地址  {address}
              密码  {DemoAccounts.Password}（所有演示账号相同）
            """);
        foreach (var account in DemoAccounts.Featured)
        {
            Console.WriteLine($"  {account.UserName,-14} {account.Post}");
        }

        Console.WriteLine();
    }
}
