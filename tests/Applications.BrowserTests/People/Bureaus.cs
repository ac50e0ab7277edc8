using Applications.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace Applications.BrowserTests.People;

/// <summary>What counties, cities and the formal check do with an application.</summary>
public static class Bureaus
{
    /// <summary>Opens the case from the desk, as a person finds it there; an applicant comes to the form.</summary>
    public static async Task TakeFromDeskAsync(this Visitor visitor, Guid application)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        await visitor.OpenAsync("/desk");
        await visitor.LeaveAsync(() => visitor.Main.Locator($".desk-title a[href^='/cases/{application}']").ClickAsync());
    }

    /// <summary>Chooses an outcome by its words and confirms it.</summary>
    /// <param name="marks">Field → what is to be corrected; the field's section is unfolded first.</param>
    public static async Task DecideAsync(
        this Visitor visitor, string outcome, string? reason = null, params (string Section, string Field, string Remark)[] marks)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        ArgumentNullException.ThrowIfNull(marks);
        if (marks.Length > 0 && await visitor.Main.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "全文", Exact = true }).CountAsync() > 0)
        {
            // A case filed again shows what was changed first; marks may stand anywhere.
            await visitor.FollowAsync("全文");
        }

        var form = visitor.Main.Locator("#decide");
        if (await form.GetByRole(Microsoft.Playwright.AriaRole.Radio).CountAsync() > 0)
        {
            await form.GetByLabel(outcome).CheckAsync();
        }

        if (reason is not null)
        {
            await form.GetByLabel("意见或理由").FillAsync(reason);
        }

        foreach (var (section, field, remark) in marks)
        {
            // Attachments stand open in a part of their own.
            var part = visitor.Main.Locator(section == "附件" ? "#files" : "#filed");
            if (section != "附件")
            {
                await visitor.UnfoldAsync(section, part);
            }

            await visitor.UnfoldAsync($"标注修改：{field}", part);
            await visitor.Main.GetByLabel($"{field}：需要怎样修改").FillAsync(remark);
        }

        await visitor.PressAndConfirmAsync(
            await form.GetByRole(Microsoft.Playwright.AriaRole.Radio).CountAsync() > 0 ? "确认办理" : outcome, form, outcome);
    }

    /// <summary>The bar of the city's quota in a batch.</summary>
    public static async Task SeesQuotaAsync(this Visitor city, string batch, int used, int limit)
    {
        ArgumentNullException.ThrowIfNull(city);
        await city.OpenAsync("/recommendations");
        var label = city.Main.Locator(".bar-label", new() { HasText = batch });
        await Expect(label).ToContainTextAsync($"{used} / {limit}");
        var bar = label.Locator("xpath=following-sibling::progress[1]");
        await Expect(bar).ToHaveAttributeAsync("value", $"{used}");
    }

    public static async Task IssueListAsync(this Visitor city, string batch, string documentNumber, params (string Enterprise, int Rank)[] ranks)
    {
        ArgumentNullException.ThrowIfNull(city);
        ArgumentNullException.ThrowIfNull(ranks);
        await city.OpenAsync("/recommendations");
        var form = city.Main.Locator("form.card", new() { HasText = batch });
        foreach (var (enterprise, rank) in ranks)
        {
            await form.GetByLabel($"{enterprise} 的名次").FillAsync($"{rank}");
        }

        await form.GetByLabel("推荐文件文号").FillAsync(documentNumber);
        await city.PressAndConfirmAsync("印发名单并报省厅", form);
        await city.SeesAsync("推荐名单已印发", documentNumber);
    }
}
