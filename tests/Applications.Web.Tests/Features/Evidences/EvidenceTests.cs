using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Applications.Domain.Enterprises;
using Applications.Testing;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Evidences;

/// <summary>佐证材料库: kept once, given with many applications, told of before it ends.</summary>
public sealed class EvidenceTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(8));

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task File_KeptOnce_IsGivenWithAnApplicationAndOutlivesTheLocker(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var (draft, client) = await SignInAsync(host);
        var added = await AddAsync(client, "Licence", "营业执照副本", "执照.pdf", draft.UserName);
        Assert.Contains("“营业执照副本”已存入材料库", added.Body!.TextContent, StringComparison.Ordinal);
        var again = await AddAsync(client, "Licence", "又一份", "另名.pdf", draft.UserName);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Contains("材料库中已有内容相同的文件“营业执照副本”", again.QuerySelector("#error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("又一份", ((IHtmlInputElement)again.QuerySelector("[name=Title]")!).Value);

        var choose = await client.GetAsync($"/cases/{draft.CaseId}/evidence/creditReport");
        var used = await client.PostAsync(choose, "ul.files form");
        var twice = await client.PostAsync(choose, "ul.files form", ("IdempotencyKey", Guid.NewGuid().ToString()));

        Assert.Contains("执照.pdf", used.QuerySelector("#creditReport")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
        var list = await client.GetAsync("/enterprise/evidence");
        Assert.Contains("1 件", list.QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
        var removed = await client.PostAsync(list, "tbody form");
        Assert.Contains("材料库是空的", removed.Body!.TextContent, StringComparison.Ordinal);
        var (evidence, attachment) = await host.InScopeAsync(async (_, db) => (
            await db.Evidence.AsNoTracking().SingleAsync(e => e.EnterpriseId == draft.EnterpriseId),
            await db.Attachments.AsNoTracking().SingleAsync(a => a.CaseId == draft.CaseId && a.FileName == "执照.pdf")));
        Assert.NotNull(evidence.RemovedAt);
        Assert.Equal(evidence.Sha256, attachment.Sha256);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/enterprise/evidence/{evidence.Id}")).StatusCode);
    }

    [Fact]
    public async Task File_OfAnotherEnterprise_CannotBeReadNorUsed()
    {
        var host = await hosts.GetAsync();
        var (draft, client) = await SignInAsync(host);
        var foreign = await host.InScopeAsync((_, db) => db.Evidence.AsNoTracking().FirstAsync(e => e.EnterpriseId != draft.EnterpriseId && e.RemovedAt == null));
        await AddAsync(client, "Licence", "营业执照", "执照.pdf", draft.UserName);
        var choose = await client.GetAsync($"/cases/{draft.CaseId}/evidence/creditReport");

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/enterprise/evidence/{foreign.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(choose, "ul.files form", ("evidenceId", foreign.Id.ToString()))).StatusCode);
    }

    [Theory]
    [InlineData("", "名称", "执照.pdf", "请选择材料类别。")]
    [InlineData("Licence", " ", "执照.pdf", "请填写材料名称")]
    [InlineData("Licence", "名称", "执照.exe", "类型不在允许范围内")]
    public async Task File_NotInOrder_IsRefusedInWords(string kind, string title, string name, string words)
    {
        var (draft, client) = await SignInAsync(await hosts.GetAsync());

        var refused = await AddAsync(client, kind, title, name, draft.UserName);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(words, refused.QuerySelector("#error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task File_ThatEndsSoon_IsToldOnTheDeskAndByOneLetter(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var (draft, client) = await SignInAsync(host);
        await AddAsync(client, "Certification", "体系证书", "证书.pdf", draft.UserName, Today.AddDays(Evidence.LetterDays));
        await AddAsync(client, "Certification", "长久证书", "长久.pdf", draft.UserName + "2", Today.AddDays(Evidence.NoticeDays + 1));

        var remind = host.Services.GetRequiredService<Remind>();
        await remind.ExecuteAsync(CancellationToken.None);
        var again = await remind.ExecuteAsync(CancellationToken.None);
        await host.Services.GetRequiredService<DrainOutbox>().ExecuteAsync(CancellationToken.None);

        Assert.Equal(0, again);
        var desk = (await client.GetAsync("/desk")).QuerySelector(".alert-warning")!.TextContent;
        Assert.Contains("体系证书", desk, StringComparison.Ordinal);
        Assert.DoesNotContain("长久证书", desk, StringComparison.Ordinal);
        var mail = await host.InScopeAsync((_, db) => db.Mails.AsNoTracking().SingleAsync(m => m.UserId == draft.UserId && m.Template == "reminder-evidence"));
        Assert.Contains("“体系证书”有效期至", mail.Body, StringComparison.Ordinal);
        Assert.Contains("/desk", mail.Body, StringComparison.Ordinal);
    }

    private static async Task<(Draft Draft, FormClient Client)> SignInAsync(AppHost host)
    {
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        return (draft, await FormClient.SignInAsync(host, draft.UserName));
    }

    private static async Task<IDocument> AddAsync(FormClient client, string kind, string title, string name, string content, DateOnly? until = null)
    {
        var page = await client.GetAsync("/enterprise/evidence");
        using var form = new MultipartFormDataContent();
        foreach (var hidden in page.QuerySelectorAll("#add input[type=hidden]").OfType<IHtmlInputElement>())
        {
            form.Add(new StringContent(hidden.Value), hidden.Name!);
        }

        form.Add(new StringContent(kind), "Kind");
        form.Add(new StringContent(title), "Title");
        form.Add(new StringContent(until?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty), "ValidUntil");
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes($"%PDF-1.4 {content}"));
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileName = name };
        form.Add(file);
        return await client.SendAsync("/enterprise/evidence", form);
    }
}
