using Applications.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Applications.BrowserTests.People;

/// <summary>What an expert does with a file.</summary>
public static class Expert
{
    public static async Task OpenReviewAsync(this Visitor expert, Guid application)
    {
        ArgumentNullException.ThrowIfNull(expert);
        await expert.OpenAsync("/reviews");
        await expert.LeaveAsync(() => expert.Main.Locator($"a[href='/reviews/{application}']").First.ClickAsync());
    }

    public static async Task StepDownAsync(this Visitor expert, string reason)
    {
        ArgumentNullException.ThrowIfNull(expert);
        await expert.UnfoldAsync("申请回避");
        await expert.Main.GetByLabel("回避原因").FillAsync(reason);
        await expert.PressAsync("确认回避");
        await expert.SeesAsync("已登记回避，系统已安排其他专家");
    }

    public static async Task DeclareFreeAsync(this Visitor expert)
    {
        ArgumentNullException.ThrowIfNull(expert);
        await expert.PressAsync("无利害关系，开始评分");
        await expert.SeesAsync("已声明无利害关系");
    }

    /// <summary>Gives each criterion that is the expert's to judge this share of its full marks, in steps of half a point.</summary>
    public static async Task FillScoresAsync(this Visitor expert, decimal share)
    {
        ArgumentNullException.ThrowIfNull(expert);
        foreach (var criterion in await expert.Main.Locator(".criterion:has(input)").AllAsync())
        {
            var weight = decimal.Parse(
                (await criterion.Locator("h3 .tag").InnerTextAsync()).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
            var points = Math.Floor(weight * share * 2) / 2;
            await criterion.GetByRole(AriaRole.Textbox).FillAsync(points.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    public static async Task LockAsync(this Visitor expert)
    {
        ArgumentNullException.ThrowIfNull(expert);
        await expert.PressAndConfirmAsync("锁定评分", question: "确认锁定");
        await expert.SeesAsync("评分已锁定");
    }

    /// <summary>Takes the value of the measure over, which also mends what was wrong in the field.</summary>
    public static async Task AdoptSuggestionAsync(this Visitor expert, ILocator criterion)
    {
        ArgumentNullException.ThrowIfNull(expert);
        ArgumentNullException.ThrowIfNull(criterion);
        var adopt = criterion.Locator("[data-adopt]");
        await adopt.ClickAsync();
        await Expect(criterion.GetByRole(AriaRole.Textbox)).ToHaveValueAsync((await adopt.GetAttributeAsync("data-adopt"))!);
        await Expect(criterion.Locator(".field-error")).ToHaveCountAsync(0);
    }

    /// <summary>The message stands at the criterion and what was typed is still in it.</summary>
    public static async Task SeesScoreRefusedAsync(this Visitor expert, ILocator criterion, string typed)
    {
        ArgumentNullException.ThrowIfNull(expert);
        ArgumentNullException.ThrowIfNull(criterion);
        await Expect(expert.Page.Locator("#error-summary")).ToBeFocusedAsync();
        await Expect(criterion.Locator(".field-error")).ToBeVisibleAsync();
        await Expect(criterion.GetByRole(AriaRole.Textbox)).ToHaveValueAsync(typed);
    }
}
