using System.Globalization;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Programmes;
using Applications.Domain.Programmes.Crossing;

namespace Applications.Data.Seed;

/// <summary>
/// Records of the demonstration's enterprises: as many entries as the sample's, with numbers and names of their own, so that nothing is found in two places
/// but what <see cref="DemoTexts.Copier"/> took over. Every number is fictional.
/// </summary>
internal static class DemoRecords
{
    private static readonly string[] Inventions = ["一种{p}的{t}方法", "基于{t}的{p}在线检测方法", "{p}用{t}控制系统", "一种提高{p}一致性的{t}工艺", "{p}寿命预测方法", "面向{p}的{t}参数整定方法"];
    private static readonly string[] Utilities = ["一种{p}装夹机构", "{p}自动上料装置", "一种{p}检测工装", "{p}防护结构", "用于{p}的定位组件", "一种{p}散热结构", "{p}试验台"];
    private static readonly string[] Projects = ["{p}{t}技术研发", "{p}可靠性提升", "{t}关键工艺研究", "新一代{p}样机研制", "{p}检测平台建设", "{p}产线数字化改造", "{t}基础机理研究"];
    private static readonly string[] Surnames = ["孙", "李", "刘", "赵", "宋", "马", "徐", "于", "姜", "孔"];
    private static readonly string[] Given = ["立新", "海波", "明远", "建华", "静怡", "志强", "晓峰", "春燕"];

    public static EnterpriseProfile Of(int firm, string name, EnterpriseProfile sample)
    {
        var taken = firm == DemoTexts.Copier ? Number(DemoTexts.Source, 0) : null;
        return sample with
        {
            MainProducts = $"{DemoTexts.TradeOf(firm).Product}及配套产品（演示数据）",
            Patents =
            [
                .. sample.Patents.Select((p, n) => p with
                {
                    Number = n == 0 && taken is not null ? taken : Number(firm, n),
                    Title = Words(p.Kind is "invention" or "pct" ? Inventions : Utilities, firm, n),
                    Holder = name,
                }),
            ],
            Copyrights = [.. sample.Copyrights.Select((c, n) => c with { Number = $"2025SR{firm:00}{n:0000}", Title = Words(["{p}控制软件", "{t}分析软件", "{p}管理平台"], firm, n) + " V1.0", Holder = name })],
            Trademarks = [.. sample.Trademarks.Select((t, n) => t with { Name = n == 0 ? name[2..4] : t.Name, Number = $"演示{firm:000}{n:0000}" })],
            Projects = [.. sample.Projects.Select((p, n) => p with { Name = Words(Projects, firm, n) })],
            People = [.. sample.People.Select((p, n) => p with { Name = Surnames[(firm + n) % Surnames.Length] + Given[(firm + (3 * n)) % Given.Length], Employer = name })],
            Certificates = [.. sample.Certificates.Select((c, n) => c with { Number = $"演示Q{firm:00}-{n:00}" })],
        };
    }

    /// <summary>The sample's answers, with what the enterprise's own record holds in place of the sample's tables.</summary>
    public static Answers Fill(FormDefinition form, FormScope scope, Answers sample)
    {
        var own = FormPrefill.Fill(form, scope);
        foreach (var table in form.Fields.Where(f => f.IsTable && f.RecordPath?.StartsWith("enterprise.", StringComparison.Ordinal) == true && own.Rows(f.Key).Count >= Math.Max(1, f.MinRows)))
        {
            sample[table.Key] = own[table.Key]!.DeepClone();
        }

        return FormPrefill.Fill(form, scope, sample);
    }

    /// <summary>The enterprise moves, restates its research and wins an award after it has filed.</summary>
    public static void Change(Enterprise enterprise, DateTime at)
    {
        enterprise.Profile = enterprise.Profile with
        {
            Address = $"{enterprise.Profile.Address}，二期厂区",
            Awards = [.. enterprise.Profile.Awards, new Award("山东省技术发明奖二等奖（演示）", "provincial", enterprise.Figures[0].Year)],
        };
        enterprise.Figures = [.. enterprise.Figures.Select((f, back) => back == 0 ? f with { RdSpend = f.RdSpend * 11 / 10 } : f)];
        enterprise.UpdatedAt = at;
        enterprise.Version = Guid.NewGuid();
    }

    /// <summary>What most have in the locker; every third firm's certificate ends within the month.</summary>
    public static IEnumerable<Evidence> EvidenceOf(Enterprise enterprise, int firm, DemoFile file, DateTime now)
    {
        var today = ChinaTime.DateOf(now);
        (EvidenceKind Kind, string Title, DateOnly? Until)[] kept =
        [
            (EvidenceKind.Licence, "营业执照（三证合一）", null),
            (EvidenceKind.AuditReport, $"{enterprise.Figures[0].Year}年度审计报告", null),
            (EvidenceKind.Qualification, "高新技术企业证书", today.AddDays(firm % 3 == 1 ? 18 : 400)),
            (EvidenceKind.Certification, "质量管理体系认证证书", today.AddDays(firm % 5 == 2 ? -6 : 300)),
        ];
        return kept.Select(k => new Evidence
        {
            Id = Guid.CreateVersion7(),
            EnterpriseId = enterprise.Id,
            Kind = k.Kind,
            Title = k.Title,
            FileName = $"{k.Title}.pdf",
            ContentType = "application/pdf",
            Size = file.Size,
            Sha256 = file.Sha256,
            ValidUntil = k.Until,
            AddedAt = now.AddDays(-200),
            AddedBy = "企业经办（演示）",
            Version = Guid.NewGuid(),
        });
    }

    /// <summary>What is to be recognised has a name of its own; one enterprise files another revenue than before for the same year, and says why.</summary>
    public static void Own(ProgrammeDefinition programme, Answers answers, Application application, int firm)
    {
        if (programme.ObjectField is { } name)
        {
            answers[name] = Words(programme.Key.StartsWith("quality", StringComparison.Ordinal) ? ["{t}驱动的{p}质量闭环"] : ["山东省{p}制造业创新中心（演示）"], firm, 0);
        }

        if (firm == DemoTexts.Source && programme.Key == "quality-benchmark-national" && programme.CrossChecks.FirstOrDefault(c => c.Kind == CrossCheckKind.FigureRestated) is { } check)
        {
            var year = answers.Rows("yearFigures")[0];
            year["revenue"] = year["revenue"]!.GetValue<long>() * 112 / 100;
            application.Explain($$"""{"{{check.Id}}:revenue:{{year["year"]}}":"上次按合并前口径填报，本次按审计报告中的合并报表填报。（演示）"}""");
        }
    }

    private static string Number(int firm, int n) => string.Create(CultureInfo.InvariantCulture, $"ZL2022101{firm:00}{n:000}.{(firm + n) % 10}");

    private static string Words(string[] patterns, int firm, int n)
    {
        var (product, technique) = DemoTexts.TradeOf(firm);
        var text = patterns[n % patterns.Length].Replace("{p}", product, StringComparison.Ordinal).Replace("{t}", technique, StringComparison.Ordinal);
        return n < patterns.Length ? text : $"{text}（{(n / patterns.Length) + 1}）";
    }
}
