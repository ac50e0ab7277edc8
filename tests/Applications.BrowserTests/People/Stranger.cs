using Applications.BrowserTests.Support;

namespace Applications.BrowserTests.People;

/// <summary>What anybody does on the public site.</summary>
public static class Stranger
{
    public static Task FollowNoticeAsync(this Visitor anybody, string batch, string kind)
    {
        ArgumentNullException.ThrowIfNull(anybody);
        return anybody.LeaveAsync(() => anybody.Main.Locator("a", new() { HasText = $"〔{kind}" }).And(anybody.Main.Locator("a", new() { HasText = batch })).First.ClickAsync());
    }

    public static async Task CheckCertificateAsync(this Visitor anybody, string number)
    {
        ArgumentNullException.ThrowIfNull(anybody);
        await anybody.OpenAsync("/certificates");
        await anybody.Main.GetByLabel("证书编号").FillAsync(number);
        await anybody.PressAsync("查验");
    }
}
