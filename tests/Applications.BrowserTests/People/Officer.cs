using Applications.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace Applications.BrowserTests.People;

/// <summary>What an officer of the department does.</summary>
public static class Officer
{
    /// <returns>The new batch's id.</returns>
    public static async Task<Guid> OpenBatchAsync(this Visitor officer, string name, DateOnly today, int quotaPerCity = 5)
    {
        ArgumentNullException.ThrowIfNull(officer);
        await officer.OpenAsync("/admin/batches");
        await officer.FollowAsync("新建批次");
        var main = officer.Main;
        await main.GetByLabel("专项").SelectOptionAsync(Sample.Programme);
        await main.GetByLabel("批次名称").FillAsync(name);
        await main.GetByLabel("通知文号").FillAsync($"鲁工信技〔{today.Year}〕{today.DayOfYear}号");
        await main.GetByLabel("申报截止").FillAsync(Typed(today.AddDays(7)));
        await main.GetByLabel("市级推荐截止").FillAsync(Typed(today.AddDays(12)));
        await main.GetByLabel("各市名额").FillAsync($"{quotaPerCity}");
        await officer.PressAndConfirmAsync("建立批次", question: "不能删除");
        await officer.SeesAsync("批次已建立", name, "企业申报");
        return Guid.Parse(new Uri(officer.Page.Url).Segments[^1]);
    }

    public static Task OpenBatchPageAsync(this Visitor visitor, Guid batch)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.OpenAsync($"/admin/batches/{batch}");
    }

    public static async Task TickWholeChecklistAsync(this Visitor officer)
    {
        ArgumentNullException.ThrowIfNull(officer);
        foreach (var box in await officer.Main.Locator("#Checked input[type=checkbox]").AllAsync())
        {
            await box.CheckAsync();
        }
    }

    /// <summary>Asks for the panels of the round.</summary>
    /// <param name="session">The day of the review, from which on the officer reads the names.</param>
    /// <returns>The path of the request.</returns>
    public static async Task<string> RequestDrawAsync(this Visitor officer, Guid batch, int seats, DateOnly session)
    {
        ArgumentNullException.ThrowIfNull(officer);
        await officer.OpenBatchPageAsync(batch);
        await officer.FollowAsync("提出抽取申请");
        await officer.Main.GetByLabel("每组专家").SelectOptionAsync($"{seats}");
        await officer.Main.GetByText("重新分组").ClickAsync();
        await officer.SeesAsync("按现有专家库可以抽取");
        await officer.Main.GetByLabel("评审日期").FillAsync(Typed(session));
        await officer.PressAndConfirmAsync("提交抽取申请", question: "由专家库管理处室或处长批准");
        await officer.SeesAsync("等待专家库管理处室或处长批准");
        return new Uri(officer.Page.Url).AbsolutePath;
    }

    /// <summary>The head approves what was asked for, and then draws.</summary>
    public static async Task ApproveAndDrawAsync(this Visitor head, string draw)
    {
        ArgumentNullException.ThrowIfNull(head);
        await head.OpenAsync(draw);
        await head.Main.GetByLabel("批准", new() { Exact = true }).CheckAsync();
        await head.PressAndConfirmAsync("确认", question: "种子随即锁定");
        await head.SeesAsync("已批准并公布抽取承诺");
        await head.PressAndConfirmAsync("抽取专家", question: "不能重抽");
        await head.SeesAsync("个项目的专家已确定");
    }

    public static async Task ProposeListAsync(this Visitor officer, Guid batch, string note)
    {
        ArgumentNullException.ThrowIfNull(officer);
        await officer.OpenBatchPageAsync(batch);
        await officer.Main.Locator("[name=Note]").FillAsync(note);
        await officer.PressAndConfirmAsync("提出拟定名单，报处长审签");
        await officer.SeesAsync("已提交处长审签");
    }

    /// <summary>A head or leader decides on the proposed list.</summary>
    public static async Task SignListAsync(this Visitor signer, Guid batch, string opinion, string? reason = null)
    {
        ArgumentNullException.ThrowIfNull(signer);
        await signer.OpenBatchPageAsync(batch);
        await signer.Main.GetByLabel(opinion).CheckAsync();
        if (reason is not null)
        {
            await signer.Main.Locator("[name=Reason]").FillAsync(reason);
        }

        await signer.PressAndConfirmAsync("确认", question: opinion);
        await signer.SeesAsync("已办理");
    }

    public static async Task AnnounceAsync(this Visitor officer, Guid batch)
    {
        ArgumentNullException.ThrowIfNull(officer);
        await officer.OpenBatchPageAsync(batch);
        await officer.SeesAsync("公示期已满");
        await officer.PressAndConfirmAsync("公布认定结果", question: "颁发证书");
        await Expect(officer.Main.GetByText("已公布").First).ToBeVisibleAsync();
    }

    private static string Typed(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
