using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Applications.Domain.Enterprises;
using Applications.Domain.Identifiers;
using Applications.Testing;
using Applications.Web.Features.Enterprises.Import;
using Applications.Web.Infrastructure.Workbooks;
using Applications.Web.Tests.Features.Administration;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Enterprises;

/// <summary>A table of enterprises is looked at cell by cell; the good rows are taken over together, once, and nothing on record is overwritten unasked.</summary>
public sealed class EnterpriseImportTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    private const string Path = "/enterprises/import";

    [Fact]
    public async Task Look_AtFaultyRows_NamesEveryCellAndWritesNothing()
    {
        var host = await hosts.GetAsync();
        var officer = await FormClient.SignInAsync(host, "jingban");
        var before = await host.InScopeAsync((_, db) => db.Enterprises.CountAsync());

        var page = await SendAsync(officer,
            Row(4001),
            Row(4002, ("所在市", "石家庄市"), ("注册日期", "去年五月"), ("注册资本（万元）", "很多")),
            Row(4003, ("统一社会信用代码", "91370100MA3DEM0193"), ("企业性质", "外星")),
            Row(4004), Row(4004, ("所在县（市、区）", "不存在区")),
            Row(4005, ("企业名称", ""), ("注册日期", "2999-01-01"), ("所属行业代码", "A01")));

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(["1", "0", "0", "5"], page.QuerySelectorAll("dl.figures dd").Select(d => d.TextContent));
        Assert.Equal(
            ["C3 所在市", "F3 注册日期", "G3 注册资本（万元）", "A4 统一社会信用代码", "H4 企业性质", "A5 统一社会信用代码", "A6 统一社会信用代码", "D6 所在县（市、区）", "B7 企业名称", "F7 注册日期", "I7 所属行业代码"],
            Faults(page).Select(f => $"{f.Place} {f.Heading}"));
        Assert.Contains(Faults(page), f => f.Value == "去年五月" && f.Words.Contains("2024-05-31", StringComparison.Ordinal));
        Assert.Contains(Faults(page), f => f.Place == "A5" && f.Words.Contains("第 5、6 行", StringComparison.Ordinal));
        Assert.Contains(Faults(page), f => f.Place == "A4" && f.Words.Contains("校验", StringComparison.Ordinal));
        Assert.Equal(before, await host.InScopeAsync((_, db) => db.Enterprises.CountAsync()));
    }

    [Fact]
    public async Task Faults_HandedBack_CanBeCorrectedAndSentAgain()
    {
        var host = await hosts.GetAsync();
        var officer = await FormClient.SignInAsync(host, "jingban");
        var page = await SendAsync(officer, Row(4101), Row(4102, ("注册日期", "某日"), ("联系电话", "000123")));

        var back = await officer.DownloadAsync(page, "form[action*=Faults]");

        var table = SheetTable.Find(WorkbookReader.Read(new MemoryStream(back)), EnterpriseSheet.Name, EnterpriseSheet.Columns, 10);
        var row = Assert.Single(table.Rows);
        Assert.Equal(("某日", "000123"), (row.Text("registeredOn"), row.Text("contactPhone")));
        var remark = WorkbookReader.Read(new MemoryStream(back)).Sheets[0].Rows[1].Cells.Values.Last().Text;
        Assert.StartsWith("原第 3 行：注册日期", remark, StringComparison.Ordinal);
        Assert.Empty(table.Unknown);
        Assert.Contains("某日", Faults(await officer.UploadAsync(Path, back)).Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_GoodRows_AreOnRecordOnceWithTheirBureaus()
    {
        var host = await hosts.GetAsync();
        var officer = await FormClient.SignInAsync(host, "jingban");
        var looked = await SendAsync(officer, Row(4201, ("所在县（市、区）", "历下区")), Row(4202, ("所在市", "青岛"), ("所在县（市、区）", ""), ("注册日期", "2019/3/5")), Row(4203, ("邮箱", "无")));

        // Other tests of this class import into the same installation.
        var before = await ImportsAsync(host);
        var done = await officer.PostAsync(looked, "form[action*=Take]");
        var again = await officer.PostAsync(looked, "form[action*=Take]");
        var other = await officer.PostAsync(looked, "form[action*=Take]", ("IdempotencyKey", $"{Guid.NewGuid()}"));

        Assert.Contains("新增 2 家，更新 0 家", done.Text(), StringComparison.Ordinal);
        Assert.Contains("新增 2 家，更新 0 家", again.Text(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal(["0", "0", "2", "1"], other.QuerySelectorAll("dl.figures dd").Select(d => d.TextContent));
        var taken = await host.InScopeAsync(async (_, db) => (await db.Enterprises.AsNoTracking().ToListAsync()).Where(e => e.Name is "导入 4201" or "导入 4202" or "导入 4203").OrderBy(e => e.Name, StringComparer.Ordinal).ToList());
        Assert.Equal([("370100", "370102"), ("370200", null)], taken.Select(e => (e.Profile.CityCode, e.Profile.CountyCode)));
        Assert.Equal(new DateOnly(2019, 3, 5), taken[1].Profile.RegisteredOn);
        Assert.Equal(50_000_000_00L, taken[0].Profile.RegisteredCapital);
        Assert.NotNull(taken[0].CountyId);
        Assert.Equal(before + 1, await ImportsAsync(host));

        static Task<int> ImportsAsync(AppHost host) => host.InScopeAsync((_, db) => db.Audit.CountAsync(a => a.Action == "import-enterprises" && a.Detail!.StartsWith("3 行")));
    }

    [Fact]
    public async Task Take_EnterprisesOnRecord_UpdatesOnlyThoseTicked()
    {
        var host = await hosts.GetAsync();
        var officer = await FormClient.SignInAsync(host, "jingban");
        var first = await SendAsync(officer, Row(4301), Row(4302), Row(4303));
        await officer.PostAsync(first, "form[action*=Take]");

        var looked = await SendAsync(officer, Row(4301, ("联系人", "王五"), ("邮箱", "")), Row(4302, ("联系人", "王五")), Row(4303));
        Assert.Equal(["0", "2", "1", "0"], looked.QuerySelectorAll("dl.figures dd").Select(d => d.TextContent));
        Assert.Equal(["李四", "李四"], looked.QuerySelectorAll("form[action*=Take] del").Select(d => d.TextContent));
        var done = await officer.PostAsync(looked, "form[action*=Take]", ("Existing", "chosen"), ("Updates", "2"));

        Assert.Contains("更新 1 家，按您的选择跳过 1 家", done.Text(), StringComparison.Ordinal);
        var (updated, skipped) = (await FindAsync(host, 4301), await FindAsync(host, 4302));
        Assert.Equal(("王五", "sample@example.com"), (updated.Profile.ContactName, updated.Profile.ContactEmail));
        Assert.Equal("李四", skipped.Profile.ContactName);
        Assert.Equal("联系人", await host.InScopeAsync((_, db) => db.Audit.Where(a => a.Action == "import-enterprise" && a.ObjectId == updated.Id.ToString("N")).Select(a => a.Detail).SingleAsync()));
    }

    [Fact]
    public async Task Take_AfterTheRecordChanged_IsShownAgainAndWritesNothing()
    {
        var host = await hosts.GetAsync();
        var officer = await FormClient.SignInAsync(host, "jingban");
        await officer.PostAsync(await SendAsync(officer, Row(4401)), "form[action*=Take]");
        var looked = await SendAsync(officer, Row(4401, ("联系人", "王五")), Row(4402));
        await officer.PostAsync(await SendAsync(officer, Row(4401, ("联系人", "赵六"))), "form[action*=Take]", ("Existing", "all"));

        var refused = await officer.PostAsync(looked, "form[action*=Take]", ("Existing", "all"));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("赵六", refused.QuerySelector("form[action*=Take] del")!.TextContent);
        Assert.Equal("赵六", (await FindAsync(host, 4401)).Profile.ContactName);
        Assert.False(await host.InScopeAsync((_, db) => db.Enterprises.AnyAsync(e => e.Name == "导入 4402")));
    }

    [Fact]
    public async Task City_ImportsItsOwnOnly()
    {
        var host = await hosts.GetAsync();
        var city = await FormClient.SignInAsync(host, "shi02");
        var own = await host.InScopeAsync(async (_, db) => await db.Users.Where(u => u.UserName == "shi02").Select(u => db.Organisations.First(o => o.Id == u.ScopeId).DivisionCode).SingleAsync());
        var foreign = await host.InScopeAsync(async (_, db) => await db.Enterprises.AsNoTracking().Where(e => db.Organisations.Any(o => o.Id == e.CityId && o.DivisionCode != own)).FirstAsync());
        var ownName = DivisionCodes.NameOf(own);

        var page = await SendAsync(city, Row(4501, ("所在市", ownName), ("所在县（市、区）", "")), Row(4502, ("所在市", "菏泽市"), ("所在县（市、区）", "")), Row(0, ("统一社会信用代码", foreign.Uscc), ("所在市", ownName), ("所在县（市、区）", "")));

        Assert.Equal("1", page.QuerySelector("dl.figures dd")!.TextContent);
        Assert.Equal(["C3", "C4"], Faults(page).Select(f => f.Place));
        Assert.DoesNotContain(foreign.Name, page.Text(), StringComparison.Ordinal);
        Assert.Contains("新增 1 家", (await city.PostAsync(page, "form[action*=Take]")).Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xian01")]
    [InlineData("qiye01")]
    [InlineData("jijian")]
    public async Task Others_DoNotImport(string user)
    {
        var page = await (await FormClient.SignInAsync(await hosts.GetAsync(), user)).GetAsync(Path);

        Assert.Null(page.QuerySelector("input[type=file]"));
    }

    [Fact]
    public async Task Template_FilledInByHand_IsTaken()
    {
        var host = await hosts.GetAsync();
        var officer = await FormClient.SignInAsync(host, "jingban");
        var template = await officer.Http.GetByteArrayAsync(new Uri(Path + "?handler=Template", UriKind.Relative));

        var book = WorkbookReader.Read(new MemoryStream(template));
        Assert.Equal([EnterpriseSheet.Name, ImportWorkbooks.Explanation], book.Sheets.Select(s => s.Name));
        var explained = string.Join('\n', book.Sheets[1].Rows.Select(r => string.Join(' ', r.Cells.Values.Select(c => c.Text))));
        Assert.All(EnterpriseSheet.Columns, c => Assert.Contains(c.Heading, explained, StringComparison.Ordinal));
        Assert.Contains("国有、合资、民营、其他", explained, StringComparison.Ordinal);
        Assert.Contains("没有数据（示例行不算）", (await officer.UploadAsync(Path, template)).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FiveThousandRows_AreTakenInOneCommand()
    {
        var host = await hosts.GetAsync();
        var officer = await FormClient.SignInAsync(host, "jingban");

        var looked = await SendAsync(officer, [.. Enumerable.Range(0, EnterpriseSheet.MostRows).Select(i => Row(100_000 + i))]);
        var done = await officer.PostAsync(looked, "form[action*=Take]");

        Assert.Contains("新增 5000 家", done.Text(), StringComparison.Ordinal);
        Assert.Equal(5000, await host.InScopeAsync((_, db) => db.Enterprises.CountAsync(e => e.Name.StartsWith("导入 10"))));
        Assert.Contains("最多导入 5000 行", (await SendAsync(officer, [.. Enumerable.Range(0, EnterpriseSheet.MostRows + 1).Select(i => Row(100_000 + i))])).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_AnImportedEnterprise_IsSentToTheBureau()
    {
        var host = await hosts.GetAsync();
        var officer = await FormClient.SignInAsync(host, "jingban");
        await officer.PostAsync(await SendAsync(officer, Row(4601)), "form[action*=Take]");
        var bureau = await host.InScopeAsync((_, db) => db.Organisations.Where(o => o.DivisionCode == "370102").Select(o => o.Id).FirstAsync());
        var (stranger, page) = await FormClient.StartAsync(host, "/account/register");

        var refused = await stranger.PostAsync(page, "main form", ("Input.Uscc", Code(4601)), ("Input.Name", "导入 4601"), ("Input.BureauId", $"{bureau}"), ("Input.ContactName", "某人"), ("Input.ContactPhone", "13800138000"),
            ("Input.Email", "a@example.com"), ("Input.Login", "neu4601"), ("Input.Password", "Demo2026!x"), ("Input.PasswordAgain", "Demo2026!x"));

        Assert.Contains("开通账号", refused.Text(), StringComparison.Ordinal);
    }

    private static string Code(int serial) => Uscc.Synthetic("370100", serial).Value;

    private static Dictionary<string, string> Row(int serial, params (string Heading, string Value)[] changes)
    {
        var row = EnterpriseSheet.Columns.ToDictionary(c => c.Heading, c => c.Example);
        (row["统一社会信用代码"], row["企业名称"]) = (Code(serial), string.Create(CultureInfo.InvariantCulture, $"导入 {serial}"));
        foreach (var (heading, value) in changes)
        {
            row[heading] = value;
        }

        return row;
    }

    private static async Task<IDocument> SendAsync(FormClient client, params Dictionary<string, string>[] rows)
    {
        await using var sheet = await WorkbookWriter.WriteAsync(
            [new SheetContent(EnterpriseSheet.Name, [[.. rows[0].Keys.Select(k => new CellContent(k))], .. rows.Select(r => (IReadOnlyList<CellContent>)[.. r.Values.Select(v => new CellContent(v.Length == 0 ? null : v))])])], default);
        return await client.UploadAsync(Path, sheet.ToArray());
    }

    private static List<(string Place, string Heading, string Value, string Words)> Faults(IDocument page) =>
        [.. page.QuerySelectorAll("section:has(form[action*=Faults]) tbody tr").Select(r => (r.Children[0].TextContent, r.Children[1].TextContent, r.Children[2].TextContent, r.Children[3].TextContent))];

    private static Task<Enterprise> FindAsync(AppHost host, int serial)
    {
        var code = Code(serial);
        return host.InScopeAsync((_, db) => db.Enterprises.AsNoTracking().SingleAsync(e => e.Uscc == code));
    }
}
