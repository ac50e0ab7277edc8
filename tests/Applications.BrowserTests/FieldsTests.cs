using Applications.BrowserTests.People;
using Applications.BrowserTests.Support;
using Applications.Domain.Calendars;
using Applications.Domain.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Applications.BrowserTests;

/// <summary>The fields that do more with scripts: the search in a code list, and the rows of a table. Looked at by axe, wide and narrow.</summary>
[Collection(SiteCollection.Name)]
public sealed class FieldsTests : BrowserTest
{
    private const string Industry = "[name=industry]";

    public FieldsTests(Site site)
        : base(site) => Inspector = new Inspector();

    [Fact]
    public async Task LongChoice_ByKeyboardAlone_IsFoundChosenAndSaved()
    {
        var (enterprise, application) = await StartAsync("行业代码");
        await enterprise.OpenSectionAsync(application, "enterprise");
        var input = enterprise.Main.Locator(Industry);
        var list = enterprise.Page.GetByRole(AriaRole.Listbox);

        await input.FocusAsync();
        await enterprise.Page.Keyboard.PressAsync("Control+A");
        await enterprise.Page.Keyboard.TypeAsync("变压器");
        await Expect(list.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await Expect(list).ToContainTextAsync("制造业 › 电气机械和器材制造业 › 输配电及控制设备制造");
        await Expect(input).ToHaveAttributeAsync("aria-expanded", "true");
        await Inspector!.LookAtAsync(enterprise);

        await enterprise.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(input).ToHaveAttributeAsync("aria-activedescendant", await list.GetByRole(AriaRole.Option).GetAttributeAsync("id") ?? string.Empty);
        await enterprise.Page.Keyboard.PressAsync("Enter");
        await Expect(input).ToHaveValueAsync("C3821 变压器、整流器和电感器制造");
        await Expect(list).ToHaveCountAsync(0);

        await enterprise.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(list).ToBeVisibleAsync();
        await enterprise.Page.Keyboard.PressAsync("Escape");
        await Expect(list).ToHaveCountAsync(0);
        await enterprise.PressAsync("保存");
        await enterprise.SeesAsync("已保存");

        Assert.Equal("C3821", (await AnswersAsync(application))["industry"]!.GetValue<string>());
        await enterprise.Main.Locator(Industry).FillAsync("3421");
        await enterprise.Main.Locator("[name=mainProducts]").FocusAsync();
        await enterprise.PressAsync("保存");
        await Expect(enterprise.Main.Locator(Industry)).ToHaveValueAsync("C3421 金属切削机床制造");
        Inspector.AssertNothingFound();
    }

    [Fact]
    public async Task Rows_AddedMovedCopiedPastedAndImported_AreKept()
    {
        var (enterprise, application) = await StartAsync("设备清单");
        await enterprise.OpenSectionAsync(application, "equipment");
        var rows = enterprise.Main.Locator("#equipment [data-rows-body] > tr");
        await enterprise.Page.EvaluateAsync("text => navigator.clipboard.writeText(text)", "三坐标测量机\t型号A\t2\t12.5\t2024/5/31\t0101\n\"激光\n干涉仪\"\t\t1\t1,200\t2024年6月1日\t0102");
        await rows.First.Locator("input.input").First.FocusAsync();
        await enterprise.Page.Keyboard.PressAsync("Control+V");
        await Expect(rows.Nth(1).Locator("input.input").First).ToHaveValueAsync("激光 干涉仪");
        await Expect(rows.Nth(1).Locator("input.input").Nth(3)).ToHaveValueAsync("1200");

        await rows.Nth(1).GetByRole(AriaRole.Button, new() { Name = "上移" }).ClickAsync();
        await Expect(rows.First.Locator("input.input").First).ToHaveValueAsync("激光 干涉仪");
        await Expect(rows.First.GetByRole(AriaRole.Button, new() { Name = "上移" })).ToBeFocusedAsync();
        await rows.First.GetByRole(AriaRole.Button, new() { Name = "复制此行" }).ClickAsync();
        await Expect(rows.Nth(1).Locator("input.input").First).ToBeFocusedAsync();
        await enterprise.Page.Keyboard.TypeAsync("第二台");
        await enterprise.Main.GetByRole(AriaRole.Button, new() { Name = "添加一行" }).ClickAsync();
        await enterprise.PressAsync("保存");
        await enterprise.SeesAsync("已保存");

        var names = (await AnswersAsync(application)).Rows("equipment").Select(r => r["name"]!.GetValue<string>()).ToList();
        Assert.Equal(["激光 干涉仪", "激光 干涉仪第二台", "三坐标测量机"], names);

        // What was just typed, and not saved, is in the sheet.
        await rows.First.Locator("input.input").First.FillAsync("刚刚改的");
        await enterprise.FollowAsync("从 Excel 导入或导出");
        names[0] = "刚刚改的";
        var download = await enterprise.Page.RunAndWaitForDownloadAsync(() => enterprise.Main.GetByRole(AriaRole.Link, new() { Name = "导出现有内容" }).ClickAsync());
        await enterprise.Main.Locator("input[type=file]").SetInputFilesAsync(await download.PathAsync() is { } path ? new FilePayload { Name = "设备.xlsx", MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Buffer = await File.ReadAllBytesAsync(path) } : throw new InvalidOperationException("Nothing was downloaded."));
        await enterprise.PressAsync("检查");
        await enterprise.SeesAsync("可以导入：3 行", "追加到现有 3 行之后，导入后共 6 行");
        await enterprise.PressAsync("确认导入");
        await enterprise.SeesAsync("已导入 3 行，“研发仪器设备”现有 6 行");

        Assert.Equal([.. names, .. names], (await AnswersAsync(application)).Rows("equipment").Select(r => r["name"]!.GetValue<string>()));
        Inspector!.AssertNothingFound();
    }

    private async Task<Answers> AnswersAsync(Guid application) =>
        Answers.Parse(await Site.ReadAsync(db => db.Applications.Where(a => a.Id == application).Select(a => a.Answers).SingleAsync()));

    private async Task<(Visitor Enterprise, Guid Application)> StartAsync(string what)
    {
        var batch = $"2026年度“一企一技术”研发中心（{what}）";
        await (await AsAsync("jingban")).OpenBatchAsync(batch, ChinaTime.Today(Site.Clock));
        var enterprise = await AsAsync("qiye38");
        return (enterprise, await enterprise.StartApplicationAsync(batch));
    }
}
