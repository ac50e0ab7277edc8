using Applications.BrowserTests.People;
using Applications.BrowserTests.Support;
using Applications.Domain.Calendars;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Applications.BrowserTests;

/// <summary>What is typed is not lost: autosave, two tabs, a crashed tab, a session that has ended.</summary>
[Collection(SiteCollection.Name)]
public sealed class KeepingTests(Site site) : BrowserTest(site)
{
    private const string Field = "核心技术名称";

    [Fact]
    public async Task TwoTabs_OnOneSection_SecondSaverIsToldAndKeepsItsText()
    {
        var (first, application) = await StartAsync("两个标签页");
        await first.OpenSectionAsync(application, "centre");
        var second = await first.OpenTabAsync();
        await second.OpenSectionAsync(application, "centre");

        await first.Main.GetByLabel(Field).FillAsync("先保存的技术");
        await first.PressAsync("保存");
        await first.SeesAsync("已保存");
        await second.Main.GetByLabel(Field).FillAsync("后保存的技术");
        await second.PressAsync("保存");

        await Expect(second.Page.Locator("#error-summary")).ToContainTextAsync("同时修改了“核心技术名称”");
        await Expect(second.Main.GetByLabel(Field)).ToHaveValueAsync("后保存的技术");
        await second.PressAsync("保存");
        await first.OpenSectionAsync(application, "centre");
        await Expect(first.Main.GetByLabel(Field)).ToHaveValueAsync("后保存的技术");
    }

    [Fact]
    public async Task Typing_IsSavedByItself_AndOutlivesACrash()
    {
        var (enterprise, application) = await StartAsync("自动保存");
        var tab = await enterprise.OpenTabAsync();
        await tab.Page.Clock.InstallAsync();
        await tab.OpenSectionAsync(application, "centre");
        await tab.Main.GetByLabel(Field).FillAsync("自动保存的技术");
        await Expect(tab.Main.Locator("[data-save-state]")).ToHaveTextAsync("有未保存的修改");
        await tab.Page.Clock.FastForwardAsync(20_000);
        await Expect(tab.Main.Locator("[data-save-state]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^已保存 \\d\\d:\\d\\d$"));

        await tab.Main.GetByLabel(Field).FillAsync("自动保存之后又改的技术");
        await tab.Page.Clock.FastForwardAsync(20_000);
        await Expect(tab.Main.Locator("[data-save-state]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^已保存 \\d\\d:\\d\\d$"));
        await tab.CrashAsync();

        await enterprise.OpenSectionAsync(application, "centre");
        await Expect(enterprise.Main.GetByLabel(Field)).ToHaveValueAsync("自动保存之后又改的技术");
    }

    [Fact]
    public async Task Autosave_WhenAnotherTabSaved_StopsAndSaysSo()
    {
        var (first, application) = await StartAsync("自动保存冲突");
        var second = await first.OpenTabAsync();
        await second.Page.Clock.InstallAsync();
        await second.OpenSectionAsync(application, "centre");
        await first.OpenSectionAsync(application, "centre");
        await first.Main.GetByLabel(Field).FillAsync("先保存的技术");
        await first.PressAsync("保存");

        await second.Main.GetByLabel(Field).FillAsync("另一种写法");
        await second.Page.Clock.FastForwardAsync(20_000);
        await Expect(second.Main.Locator("[data-save-state]")).ToContainTextAsync("改成了不同的内容，已停止自动保存");
        await Expect(second.Main.GetByLabel(Field)).ToHaveValueAsync("另一种写法");
    }

    [Fact]
    public async Task Session_EndsWhileTyping_AnswersAreThereAfterLogIn()
    {
        var (enterprise, application) = await StartAsync("会话结束");
        await enterprise.OpenSectionAsync(application, "centre");
        await enterprise.Main.GetByLabel(Field).FillAsync("登录前填写的技术");
        await enterprise.Context.ClearCookiesAsync();
        await enterprise.PressAsync("保存");

        await Expect(enterprise.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("登录"));
        await enterprise.FillLogInAsync("qiye39", Data.Seed.DemoAccounts.Password);
        await enterprise.SeesAsync("已从本机浏览器取回并保存");
        await Expect(enterprise.Main.GetByLabel(Field)).ToHaveValueAsync("登录前填写的技术");
        await enterprise.OpenSectionAsync(application, "enterprise");
        await enterprise.OpenSectionAsync(application, "centre");
        await Expect(enterprise.Main.GetByLabel(Field)).ToHaveValueAsync("登录前填写的技术");
    }

    [Fact]
    public async Task Typing_WhileOffline_OutlivesAReloadAndIsMergedWithAColleagues()
    {
        var (enterprise, application) = await StartAsync("断网");
        await enterprise.OpenSectionAsync(application, "centre");
        var tab = await enterprise.OpenTabAsync();
        await tab.Page.Clock.InstallAsync();
        await tab.OpenSectionAsync(application, "centre");
        await tab.Main.GetByLabel(Field).FillAsync("断网前填写的技术");
        await tab.Page.Clock.FastForwardAsync(20_000);
        await Expect(tab.Main.Locator("[data-save-state]")).ToContainTextAsync("已保存");
        await enterprise.OpenSectionAsync(application, "centre");
        await enterprise.Main.Locator("[name=directorName]").FillAsync("同事填写的人");
        await enterprise.PressAsync("保存");

        await tab.Context.SetOfflineAsync(true);
        await tab.Main.GetByLabel(Field).FillAsync("断网时填写的技术");
        await tab.Page.Clock.FastForwardAsync(20_000);
        await Expect(tab.Main.Locator("[data-save-state]")).ToHaveTextAsync("网络中断，未能保存，内容已暂存在本机浏览器");
        await tab.Main.GetByLabel(Field).FillAsync("断网时又改的技术");
        await tab.Page.Clock.FastForwardAsync(1_500);
        await Assert.ThrowsAsync<PlaywrightException>(() => tab.Page.ReloadAsync());
        await tab.Context.SetOfflineAsync(false);
        await tab.Page.GotoAsync($"/cases/{application}/edit/centre");

        // The browser's own page of the failed reload comes back by itself once the network does, so either load may be the one that tells.
        await Expect(tab.Main.GetByLabel(Field)).ToHaveValueAsync("断网时又改的技术");
        await Expect(tab.Main.Locator("[name=directorName]")).ToHaveValueAsync("同事填写的人");
        await enterprise.OpenSectionAsync(application, "centre");
        await Expect(enterprise.Main.GetByLabel(Field)).ToHaveValueAsync("断网时又改的技术");
    }

    [Fact]
    public async Task Typing_WhileOffline_ThatClashesWithAColleagues_IsShownBesideItAfterwards()
    {
        var (enterprise, application) = await StartAsync("断网冲突");
        var tab = await enterprise.OpenTabAsync();
        await tab.Page.Clock.InstallAsync();
        await tab.OpenSectionAsync(application, "centre");
        await enterprise.OpenSectionAsync(application, "centre");
        await enterprise.Main.GetByLabel(Field).FillAsync("先保存的技术");
        await enterprise.PressAsync("保存");
        await tab.Context.SetOfflineAsync(true);
        await tab.Main.GetByLabel(Field).FillAsync("断网时填写的技术");
        await tab.Page.Clock.FastForwardAsync(1_500);
        await Assert.ThrowsAsync<PlaywrightException>(() => tab.Page.ReloadAsync());
        await tab.Context.SetOfflineAsync(false);
        await tab.Page.GotoAsync($"/cases/{application}/edit/centre");

        await Expect(tab.Main.Locator("#conflict-coreTechnology")).ToContainTextAsync("先保存的技术");
        await Expect(tab.Main.GetByLabel(Field)).ToHaveValueAsync("断网时填写的技术");
        await tab.Main.GetByLabel("采用对方的").CheckAsync();
        await tab.PressAsync("保存");
        await Expect(tab.Main.GetByLabel(Field)).ToHaveValueAsync("先保存的技术");
    }

    [Fact]
    public async Task Form_OfAnEarlierSession_IsKeptAndSentOnAConfirmation()
    {
        var (enterprise, application) = await StartAsync("令牌过期");
        await enterprise.OpenSectionAsync(application, "centre");
        await enterprise.Main.GetByLabel(Field).FillAsync("令牌过期前的技术");
        await enterprise.Page.EvaluateAsync("() => document.querySelectorAll('[name=__RequestVerificationToken]').forEach(t => { t.value = 'foreign'; })");
        await enterprise.PressAsync("保存");

        await enterprise.SeesAsync("内容没有丢失");
        await enterprise.PressAsync("继续提交");
        await enterprise.SeesAsync("已保存");
        await Expect(enterprise.Main.GetByLabel(Field)).ToHaveValueAsync("令牌过期前的技术");
    }

    /// <summary>A draft of an enterprise in a batch of the test's own.</summary>
    private async Task<(Visitor Enterprise, Guid Application)> StartAsync(string what)
    {
        var batch = $"2026年度“一企一技术”研发中心（{what}）";
        await (await AsAsync("jingban")).OpenBatchAsync(batch, ChinaTime.Today(Site.Clock));
        var enterprise = await AsAsync("qiye39");
        return (enterprise, await enterprise.StartApplicationAsync(batch));
    }
}
