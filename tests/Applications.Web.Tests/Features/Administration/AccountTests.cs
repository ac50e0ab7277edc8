using System.Net;
using System.Net.Http.Json;
using Applications.Data.Seed;
using Applications.Domain.Experts;
using Applications.Domain.Workflow;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Applications.Web.Tests.Features.Administration;

/// <summary>Making, finding and changing accounts, and the first log-in.</summary>
public sealed class AccountTests(AdminHost site) : IClassFixture<AdminHost>
{
    private const string OwnPassword = "Eigen2026x";

    [Fact]
    public async Task Create_CityPost_OwnerMustChangeThePasswordBeforeAnythingElse()
    {
        var bureau = await site.QueryAsync(db => db.Organisations.SingleAsync(o => o.DivisionCode == "370300"));
        var admin = await site.SignInAsync("admin");
        var password = await admin.CreateAccountAsync(Roles.City, "zibo.new", ("Input.UnitId", bureau.Id.ToString()));

        var user = await site.QueryAsync(db => db.Users.AsNoTracking().SingleAsync(u => u.UserName == "zibo.new"));
        Assert.Equal((Roles.City, bureau.Id, bureau.Name, true), (user.Role, user.ScopeId, user.ScopeName, user.MustChangePassword));
        Assert.False(await site.QueryAsync(db => db.Idempotency.AnyAsync(i => i.Result.Contains(password))));

        var owner = site.NewClient();
        var first = await owner.LogInAsync("zibo.new", password);
        Assert.EndsWith("/account/settings", first.Url, StringComparison.Ordinal);
        Assert.EndsWith("/account/settings", (await owner.GetAsync("/cases")).Url, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await TokenAsync("zibo.new", password)).Status);

        var same = await owner.PostAsync(first, "form[action*=Password]", ("current", password), ("next", password));
        Assert.Equal(HttpStatusCode.BadRequest, same.StatusCode);
        Assert.Contains("新密码不能与原密码相同", same.QuerySelector("#next-error")!.TextContent, StringComparison.Ordinal);

        var changed = await owner.PostAsync(same, "form[action*=Password]", ("current", password), ("next", OwnPassword));
        Assert.EndsWith("/desk", changed.Url, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/cases")).StatusCode);
        Assert.False(await site.QueryAsync(db => db.Users.Where(u => u.UserName == "zibo.new").Select(u => u.MustChangePassword).SingleAsync()));
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync("zibo.new", OwnPassword)).Status);
    }

    [Fact]
    public async Task Create_LoginThatIsTaken_IsRefusedAtTheFieldWithEverythingTypedKept()
    {
        var admin = await site.SignInAsync("admin");
        var form = await admin.GetAsync("/admin/accounts/new?role=officer");

        var refused = await admin.PostAsync(form, "main form.card", ("Input.Login", "JINGBAN"), ("Input.Name", "重名者"), ("Input.Email", "x@test.example"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("已被使用", refused.QuerySelector("#Input_Login-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("重名者", refused.QuerySelector("[name='Input.Name']")!.GetAttribute("value"));
        Assert.Equal("x@test.example", refused.QuerySelector("[name='Input.Email']")!.GetAttribute("value"));
        Assert.Equal(1, await site.QueryAsync(db => db.Users.CountAsync(u => u.NormalizedUserName == "JINGBAN")));
    }

    [Theory]
    [InlineData("city", "#Input_UnitId-error", "请选择单位")]
    [InlineData("applicant", "#Input_UnitText-error", "统一社会信用代码")]
    [InlineData("expert", "#Input_UnitText-error", "请填写专家姓名")]
    public async Task Create_WithoutTheUnitThePostNeeds_IsRefused(string role, string field, string words)
    {
        var admin = await site.SignInAsync("admin");
        var form = await admin.GetAsync($"/admin/accounts/new?role={role}");

        var refused = await admin.PostAsync(form, "main form.card", ("Input.Login", $"no.unit.{role}"), ("Input.Name", "某人"), ("Input.Email", "y@test.example"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(words, refused.QuerySelector(field)!.TextContent, StringComparison.Ordinal);
        Assert.False(await site.QueryAsync(db => db.Users.AnyAsync(u => u.UserName == $"no.unit.{role}")));
    }

    [Fact]
    public async Task Create_ApplicantAndExpert_BelongToTheEnterpriseAndTheExpert()
    {
        var (enterprise, expert) = await site.QueryAsync(async db => (await db.Enterprises.OrderBy(e => e.Uscc).FirstAsync(), await db.Experts.Where(e => e.Status == ExpertStatus.InPool).OrderBy(e => e.Id).FirstAsync()));
        var admin = await site.SignInAsync("admin");
        await admin.CreateAccountAsync(Roles.Applicant, "second.clerk", ("Input.UnitText", $" {enterprise.Uscc.ToLowerInvariant()} "));
        await admin.CreateAccountAsync(Roles.Expert, "second.expert", ("Input.UnitText", expert.Name));

        var scopes = await site.QueryAsync(db => db.Users.Where(u => u.UserName!.StartsWith("second.")).ToDictionaryAsync(u => u.UserName!, u => u.ScopeId));
        Assert.Equal(enterprise.Id, scopes["second.clerk"]);
        Assert.Equal(expert.Id, scopes["second.expert"]);
    }

    [Fact]
    public async Task List_SearchRoleAndState_Narrow()
    {
        var admin = await site.SignInAsync("admin");

        Assert.Equal(["shi02"], (await admin.GetAsync("/admin/accounts?q=青岛&role=city&state=active")).QuerySelectorAll("tbody th").Select(c => c.TextContent));
        Assert.Contains("没有符合条件的账号", (await admin.GetAsync("/admin/accounts?q=shi&role=expert")).Text(), StringComparison.Ordinal);
        var first = await admin.GetAsync("/admin/accounts");
        var second = await admin.GetAsync(new Uri(new Uri(first.Url), first.QuerySelector("a[rel=next]")!.GetAttribute("href")!).PathAndQuery);
        Assert.Empty(first.QuerySelectorAll("tbody th").Select(c => c.TextContent).Intersect(second.QuerySelectorAll("tbody th").Select(c => c.TextContent)));
        using var sheet = await admin.Http.GetAsync(new Uri("/admin/accounts?handler=Export&role=city", UriKind.Relative));
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheet.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Edit_NameAndAddress_AreKeptAndAStalePageIsRefused()
    {
        var admin = await site.SignInAsync("admin");
        var path = await PathOfAsync("shi04");
        var page = await admin.GetAsync(path);
        await admin.PostAsync(page, "main form.card", ("Input.Name", "新名字"), ("Input.Email", "new@test.example"));

        var stale = await admin.PostAsync(page, "main form.card", ("Input.Name", "迟到的名字"), ("IdempotencyKey", Guid.NewGuid().ToString()));
        var bad = await admin.PostAsync(await admin.GetAsync(path), "main form.card", ("Input.Email", "不是邮箱"));

        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Equal("迟到的名字", stale.QuerySelector("[name='Input.Name']")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("邮箱格式不正确", bad.QuerySelector("#Input_Email-error")!.TextContent, StringComparison.Ordinal);
        var user = await site.QueryAsync(db => db.Users.SingleAsync(u => u.UserName == "shi04"));
        Assert.Equal(("新名字", "new@test.example"), (user.DisplayName, user.Email));
    }

    [Fact]
    public async Task Disable_Account_EndsLogInTokensAndCookie()
    {
        var (token, _) = await TokenAsync("shi05", DemoAccounts.Password);
        var owner = await site.SignInAsync("shi05");
        var validation = site.Host.Services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value;
        Assert.True(validation.ValidationInterval <= TimeSpan.FromMinutes(1));
        var admin = await site.SignInAsync("admin");
        var done = await admin.PressAsync(await admin.GetAsync(await PathOfAsync("shi05")), "button[formaction*=Disable]");
        Assert.Contains("账号已停用", done.Text(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Unauthorized, await ApiAsync(token));
        Assert.NotNull((await site.NewClient().LogInAsync("shi05", DemoAccounts.Password)).QuerySelector(".login"));

        // As if the minute had passed.
        var before = validation.ValidationInterval;
        validation.ValidationInterval = TimeSpan.Zero;
        Assert.NotNull((await owner.GetAsync("/desk")).QuerySelector(".login"));
        validation.ValidationInterval = before;

        await admin.PressAsync(await admin.GetAsync(await PathOfAsync("shi05")), "button[formaction*=Enable]");
        Assert.Equal(HttpStatusCode.Unauthorized, await ApiAsync(token));
        Assert.Null((await site.NewClient().LogInAsync("shi05", DemoAccounts.Password)).QuerySelector(".login"));
    }

    [Fact]
    public async Task Disable_OneselfOrTheLastAdministrator_IsRefused()
    {
        var admin = await site.SignInAsync("admin");
        var own = await admin.GetAsync(await PathOfAsync("admin"));
        Assert.Null(own.QuerySelector("button[formaction*=Disable]"));
        var form = own.QuerySelector("main form.card")!;
        form.SetAttribute("action", $"{await PathOfAsync("admin")}?handler=Disable");

        var refused = await admin.PostAsync(own, "main form.card");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("不能停用自己的账号", refused.Text(), StringComparison.Ordinal);
        Assert.False(await site.QueryAsync(db => db.Users.Where(u => u.UserName == "admin").Select(u => u.IsDisabled).SingleAsync()));
    }

    [Fact]
    public async Task Reset_LockedAccount_GivesANewInitialPasswordOnce()
    {
        for (var i = 0; i < 6; i++)
        {
            await site.NewClient().LogInAsync("shi06", "wrong");
        }

        Assert.Contains("已锁定", (await site.NewClient().LogInAsync("shi06", DemoAccounts.Password)).Body!.TextContent, StringComparison.Ordinal);
        var admin = await site.SignInAsync("admin");
        Assert.Equal(["shi06"], (await admin.GetAsync("/admin/accounts?state=locked")).QuerySelectorAll("tbody th").Select(c => c.TextContent));
        await admin.PressAsync(await admin.GetAsync(await PathOfAsync("shi06")), "button[formaction*=Unlock]");
        Assert.Null((await site.NewClient().LogInAsync("shi06", DemoAccounts.Password)).QuerySelector(".login"));

        var page = await admin.GetAsync(await PathOfAsync("shi06"));
        var reset = await admin.PressAsync(page, "button[formaction*=Reset]");
        var again = await admin.PressAsync(page, "button[formaction*=Reset]");

        var password = reset.QuerySelector("#initial-password")!.TextContent;
        Assert.Null(again.QuerySelector("#initial-password"));
        Assert.NotNull((await site.NewClient().LogInAsync("shi06", DemoAccounts.Password)).QuerySelector(".login"));
        Assert.EndsWith("/account/settings", (await site.NewClient().LogInAsync("shi06", password)).Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_Unknown_IsNotFound()
    {
        var admin = await site.SignInAsync("admin");

        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/admin/accounts/{Guid.NewGuid()}")).StatusCode);
    }

    private async Task<string> PathOfAsync(string login) =>
        $"/admin/accounts/{await site.QueryAsync(db => db.Users.Where(u => u.UserName == login).Select(u => u.Id).SingleAsync())}";

    private async Task<(string? Token, HttpStatusCode Status)> TokenAsync(string login, string password)
    {
        using var http = site.Host.CreateClient();
        using var answer = await http.PostAsync(new Uri("/api/v1/tokens", UriKind.Relative), JsonContent.Create(new { userName = login, password }));
        return answer.IsSuccessStatusCode ? ((await answer.Content.ReadFromJsonAsync<Applications.Web.Api.TokenAnswer>())!.Token, answer.StatusCode) : (null, answer.StatusCode);
    }

    private async Task<HttpStatusCode> ApiAsync(string? token)
    {
        using var http = site.Host.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await http.GetAsync(new Uri("/api/v1/work-items", UriKind.Relative));
        return answer.StatusCode;
    }
}
