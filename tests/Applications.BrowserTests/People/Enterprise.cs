using Applications.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Applications.BrowserTests.People;

/// <summary>What an enterprise does with its record and its application, the form apart.</summary>
public static class Enterprise
{
    public static async Task UpdateRecordAsync(this Visitor enterprise, string contact, string phone)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        await enterprise.OpenAsync("/enterprise/identity");
        await enterprise.Main.GetByLabel("联系人").FillAsync(contact);
        await enterprise.Main.GetByLabel("联系电话").FillAsync(phone);
        await enterprise.PressAsync("保存");
        await enterprise.SeesAsync("企业信息已保存");
    }

    /// <returns>The new application's id.</returns>
    public static async Task<Guid> StartApplicationAsync(this Visitor enterprise, string batch)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        await enterprise.OpenAsync("/cases/new");
        var call = enterprise.Main.Locator("form.card", new() { HasText = batch });

        // Who filed before is offered his earlier application first.
        var blank = await call.Locator("button[name=from]").CountAsync() > 0 ? "空白开始" : "开始填写";
        await enterprise.PressAsync(blank, call);
        await enterprise.SeesAsync("填写申报书", batch, "未填写");
        return Guid.Parse(new Uri(enterprise.Page.Url).Segments[2].TrimEnd('/'));
    }

    public static async Task UploadAsync(this Visitor enterprise, string field, params FilePayload[] files)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        ArgumentNullException.ThrowIfNull(files);
        var part = enterprise.Main.Locator($"section#{field}");
        await part.Locator(":scope > form.upload input[type=file]").SetInputFilesAsync(files);
        var button = part.Locator(":scope > form.upload button");
        if (enterprise.HasScripts)
        {
            await button.ClickAsync();
        }
        else
        {
            await enterprise.PressAsync((await button.InnerTextAsync()).Trim(), part);
        }

        await (enterprise.HasScripts ? Expect(part).ToContainTextAsync("附件已上传") : enterprise.SeesAsync("附件已上传"));
        foreach (var file in files)
        {
            await Expect(part.Locator(".files")).ToContainTextAsync(file.Name);
        }
    }

    public static Task OpenSubmissionAsync(this Visitor enterprise, Guid application)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        return enterprise.OpenAsync($"/cases/{application}/submit");
    }

    /// <returns>The number on the receipt.</returns>
    public static async Task<string> SubmitAsync(this Visitor enterprise, Guid application)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        await enterprise.OpenSubmissionAsync(application);
        await enterprise.PressAndConfirmAsync("确认提交");
        await enterprise.SeesAsync("已提交，申报编号", "申报回执");
        return await enterprise.Main.Locator(".paper dl dd strong").InnerTextAsync();
    }
}
