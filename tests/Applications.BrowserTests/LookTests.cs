using Applications.BrowserTests.Support;

namespace Applications.BrowserTests;

/// <summary>The standing pages of every desk and of the public site: axe finds nothing and nothing overflows, at two widths, light and dark.</summary>
[Collection(SiteCollection.Name)]
public sealed class LookTests : BrowserTest
{
    public LookTests(Site site)
        : base(site) => Inspector = new Inspector();

    public static TheoryData<string, string[]> Desks => new()
    {
        { "qiye02", ["/desk", "/desk/done", "/cases", "/cases/new", "/titles", "/enterprise", "/enterprise/identity", "/enterprise/ip", "/eligibility", "/account/settings"] },
        { "shi01", ["/desk", "/cases", "/recommendations", "/enterprises"] },
        { "jingban", ["/desk", "/cases", "/recommendations", "/enterprises", "/experts", "/draws", "/assignments", "/meetings", "/similar", "/admin/batches", "/admin/batches/new", "/titles", "/delegations", "/admin/mails", "/admin/definitions/rehearsal?Flow=one-enterprise-one-technology.case.v1&Cases=50&Start=2027-03-01&Seed=1"] },
        { "jijian", ["/desk", "/cases", "/admin/batches", "/admin/definitions/one-enterprise-one-technology.case.v1/move"] },
        { "admin", ["/desk", "/admin/accounts", "/admin/accounts/new", "/admin/organisations", "/admin/calendar", "/admin/audit", "/admin/mails", "/admin/definitions", "/admin/definitions/one-enterprise-one-technology.case.v1", "/admin/definitions/publish"] },
        { "zhuanjia01", ["/desk", "/reviews", "/meetings", "/expert"] },
    };

    [Theory]
    [MemberData(nameof(Desks))]
    public async Task Pages_OfADesk_AreAccessible(string user, string[] paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var visitor = await AsAsync(user);
        foreach (var path in paths)
        {
            await visitor.OpenAsync(path);
        }

        Inspector!.AssertNothingFound();
    }

    [Fact]
    public async Task Pages_OfASession_AreAccessibleToThoseWhoCallItAndThoseWhoCome()
    {
        var officer = await AsAsync("jingban");
        await officer.OpenAsync("/meetings");
        var session = await officer.Main.Locator("table a").First.GetAttributeAsync("href");
        await officer.OpenAsync(session!);
        await officer.OpenAsync($"{session}/edit");
        var leader = await AsAsync("zhuanjia01");
        await leader.OpenAsync(session!);
        if (await leader.Main.Locator("#sign-in").CountAsync() > 0)
        {
            await leader.PressAsync("签到");
            await leader.SeesAsync("已签到");
        }

        Inspector!.AssertNothingFound();
    }

    [Fact]
    public async Task Pages_OfThePublicSite_AreAccessible()
    {
        var anybody = await VisitAsync();
        foreach (var path in (string[])["/", "/notices", "/certificates", "/certificates?number=NONE", "/account/login", "/account/register", "/no-such-page"])
        {
            await anybody.OpenAsync(path);
        }

        Inspector!.AssertNothingFound();
    }
}
