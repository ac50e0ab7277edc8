using Applications.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace Applications.BrowserTests;

/// <summary>Without a mouse.</summary>
[Collection(SiteCollection.Name)]
public sealed class KeyboardTests(Site site) : BrowserTest(site)
{
    private const int MostTabs = 40;

    [Fact]
    public async Task SkipLink_IsFirst_AndLeadsPastTheNavigation()
    {
        var city = await AsAsync("shi01");
        await city.OpenAsync("/cases");
        await city.Page.Keyboard.PressAsync("Tab");
        var skip = city.Page.GetByText("跳到主要内容");
        await Expect(skip).ToBeFocusedAsync();
        await Expect(skip).ToBeInViewportAsync();
        await city.Page.Keyboard.PressAsync("Enter");
        await Expect(city.Main).ToBeFocusedAsync();
        await city.Page.Keyboard.PressAsync("Tab");
        Assert.True(await city.Page.EvaluateAsync<bool>("() => document.querySelector('main').contains(document.activeElement)"));
    }

    [Fact]
    public async Task Decision_IsReachedByTab_AndItsQuestionIsClosedByEscape()
    {
        var county = await AsAsync("xian01");
        await county.OpenAsync("/desk");
        await county.LeaveAsync(() => county.Main.Locator(".desk-title a").First.ClickAsync());
        var before = county.Page.Url;
        await county.Main.FocusAsync();
        var radios = county.Main.Locator("#decide [type=radio]");
        await TabToAsync(county, radios.First);
        await county.Page.Keyboard.PressAsync("Space");
        await Expect(radios.First).ToBeCheckedAsync();
        var button = county.Main.Locator("#decide button").Last;
        await TabToAsync(county, button);

        await county.Page.Keyboard.PressAsync("Enter");
        var dialog = county.Page.GetByRole(Microsoft.Playwright.AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(dialog.GetByText("取消")).ToBeFocusedAsync();
        await county.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();
        Assert.Equal(before, county.Page.Url);
    }

    [Fact]
    public async Task Refusal_TakesTheFocus_AndItsLinkLeadsToTheField()
    {
        var anybody = await VisitAsync();
        await anybody.OpenAsync("/account/login");
        await anybody.PressAsync("登录", anybody.Main.Locator("form.card"));
        await Expect(anybody.Page.Locator("#error-summary")).ToBeFocusedAsync();
        await Expect(anybody.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^错误："));
        await anybody.Page.Keyboard.PressAsync("Tab");
        await anybody.Page.Keyboard.PressAsync("Enter");
        await Expect(anybody.Main.GetByLabel("用户名").First).ToBeFocusedAsync();
    }

    private static async Task TabToAsync(Visitor visitor, Microsoft.Playwright.ILocator target)
    {
        for (var presses = 0; presses < MostTabs; presses++)
        {
            if (await target.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                return;
            }

            await visitor.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{MostTabs} times Tab did not lead to the control.");
    }
}
