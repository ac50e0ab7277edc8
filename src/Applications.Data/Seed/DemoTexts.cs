using System.Globalization;
using Applications.Domain.Forms;

namespace Applications.Data.Seed;

/// <summary>
/// Words for the long fields of the demonstration, of its own for every enterprise, and one who copied: the comparison of texts would otherwise find
/// nothing but the sample again and again.
/// </summary>
internal static class DemoTexts
{
    /// <summary>Place of the enterprise that took over <see cref="Copied"/> from <see cref="Source"/>, an earlier applicant from another city.</summary>
    public const int Copier = 13;
    public const int Source = 34;
    private static readonly string[] Copied = ["coreTechnologyDescription", "mechanism", "threeYearPlan"];

    /// <summary>Product and technique, one each for every enterprise.</summary>
    private static readonly (string Product, string Technique)[] Trades =
    [
        ("滚珠丝杠副", "预紧力闭环调节"), ("码垛机器人", "轨迹平滑规划"), ("芳纶蜂窝纸", "湿法成形"), ("车规级电源模块", "双面散热封装"), ("水性丙烯酸乳液", "核壳聚合"),
        ("重组胶原蛋白", "高密度发酵"), ("阻燃针织面料", "原液着色"), ("低温肉制品", "栅栏杀菌"), ("超声波流量计", "多声道融合"), ("轨道扣件", "减振硫化"),
        ("谐波减速器", "齿形修正"), ("柔性装配线", "视觉引导定位"), ("碳化硅陶瓷", "无压烧结"), ("毫米波天线", "低损耗布线"), ("电子级双氧水", "亚沸精馏"),
        ("长效微球制剂", "膜乳化"), ("再生涤纶长丝", "瓶片增黏"), ("功能性糖醇", "连续结晶"), ("气相色谱仪", "微型阀切换"), ("受电弓碳滑板", "浸金属处理"),
        ("数控转台", "静压支承"), ("智能分拣机", "动态称重"), ("聚酰亚胺薄膜", "双向拉伸"), ("功率电感", "软磁粉末压制"), ("特种环氧树脂", "低氯合成"),
        ("诊断用抗体", "噬菌体展示"), ("航空座椅织物", "轻量化织造"), ("益生菌制剂", "真空冷冻包埋"), ("激光测距传感器", "相位解调"), ("车钩缓冲装置", "能量梯级吸收"),
        ("高速电主轴", "油气润滑"), ("喷涂机器人", "膜厚在线预测"), ("铝基复合板", "真空轧制"), ("光纤陀螺", "全数字闭环"), ("锂电隔膜浆料", "纳米分散"),
        ("多肽原料药", "固相合成"), ("医用防护面料", "纳米涂层"), ("植物蛋白饮品", "超高压均质"), ("在线水质仪", "紫外光谱反演"), ("钢轨打磨车", "廓形识别"),
    ];

    private static readonly string[][] Technology =
    [
        ["面向{p}批量生产时一致性差的矛盾，", "{p}长期受制于寿命短、返修多，", "用户对{p}提出了更严的工况要求，"],
        ["团队自{y}年起攻关{t}，", "我们以{t}为突破口，", "经{n}轮试制确立了{t}路线，"],
        ["摸清{n}项影响因子与成品率之间的规律；", "建成{n}组样本的失效数据库；", "先后排除{n}种不成熟的方案；"],
        ["用自制的{t}装置替换人工调整，", "把{t}参数写入产线控制器，", "由{t}模型每{n}秒给出一次修正，"],
        ["{p}的合格率从八成提高到{n}个批次无退货，", "使{p}单件能耗下降百分之{n}，", "{p}平均无故障时间延长{n}倍，"],
        ["已取得{n}件发明专利授权（演示数据）。", "第三方检测{n}项指标全部达标（演示数据）。", "在{n}家用户现场连续运行（演示数据）。"],
    ];

    private static readonly string[][] Organisation =
    [
        ["{p}研发由总工程师直接负责，", "围绕{p}设立项目经理，", "成立{n}人的{t}专班，"],
        ["下设{t}实验室和{n}个小组，", "与高校共建{t}联合课题，", "另设{n}名专职试验员，"],
        ["立项须经{n}名外部同行评议；", "每{n}周通报一次进展；", "经费按{n}个节点拨付；"],
        ["{t}成果转化后提取百分之{n}奖励骨干，", "{p}销售分成惠及{n}名参与者，", "对{t}关键岗位授予{n}档津贴，"],
        ["失败的{p}试验如实归档，", "{p}图样统一编码管理，", "{t}诀窍由{n}人分段掌握，"],
        ["年终据实考核（演示数据）。", "制度已运行{n}年（演示数据）。", "并接受职工代表监督（演示数据）。"],
    ];

    private static readonly string[][] Results =
    [
        ["{p}去年销量增长百分之{n}，", "{p}进入{n}个省份，", "靠{p}新增{n}家大客户，"],
        ["其中{t}贡献了{n}成利润，", "{t}带来{n}项改型订单，", "凭{t}赢得{n}次比选，"],
        ["带动本地{n}家协作厂；", "安置{n}名转岗职工；", "减少危废{n}吨；"],
        ["今后拟投入{n}百万元升级{p}，", "计划{n}年内完成{p}换代，", "将为{p}新建{n}条线，"],
        ["把{t}推广到{n}个场景，", "争取{t}写入{n}项标准，", "培养{n}名{t}技师，"],
        ["力争{p}替代进口（演示数据）。", "使{p}成本再降百分之{n}（演示数据）。", "实现{p}出口{n}国（演示数据）。"],
    ];

    private static readonly string[][] Person =
    [
        ["从事{p}设计{n}年，", "早年在{p}车间做工艺员，", "师从{t}领域的老专家，"],
        ["主持{n}个{t}课题，", "带出{n}名{t}骨干，", "改进{t}工装{n}套，"],
        ["发表{p}论文{n}篇；", "起草{p}标准{n}项；", "{p}专利排名第一的有{n}件；"],
        ["曾赴外省学习{t}，", "兼任{t}学组委员，", "在高校讲授{t}课程，"],
        ["{p}同行评价较好（演示数据）。", "负责{p}定型（演示数据）。", "常驻{p}产线（演示数据）。"],
    ];

    private static readonly Dictionary<string, string[][]> Topics = new(StringComparer.Ordinal)
    {
        ["coreTechnologyDescription"] = Technology,
        ["background"] = Technology,
        ["practice"] = Technology,
        ["innovation"] = Technology,
        ["innovationText"] = Technology,
        ["need"] = Technology,
        ["route"] = Technology,
        ["progress"] = Technology,
        ["completion"] = Technology,
        ["heritage"] = Technology,
        ["competitiveness"] = Results,
        ["benefit"] = Results,
        ["threeYearPlan"] = Results,
        ["effect"] = Results,
        ["transferValue"] = Results,
        ["position"] = Results,
        ["operation"] = Results,
        ["social"] = Results,
        ["plan"] = Results,
        ["strategy"] = Results,
        ["directorProfile"] = Person,
        ["mechanism"] = Organisation,
        ["sharingPlan"] = Organisation,
        ["platformNote"] = Organisation,
        ["governance"] = Organisation,
        ["sharing"] = Organisation,
        ["businessModel"] = Organisation,
        ["sustain"] = Organisation,
        ["qualityText"] = Organisation,
    };

    /// <summary>What the enterprise makes, and how.</summary>
    public static (string Product, string Technique) TradeOf(int firm) => Trades[firm % Trades.Length];

    /// <summary>Puts the enterprise's own words in place of the sample's in every long field that asks for more than a line.</summary>
    /// <param name="firm">Its place among the demonstration enterprises.</param>
    public static void Write(FormDefinition form, Answers answers, int firm)
    {
        foreach (var field in form.Fields.Where(f => f.Kind == FieldKind.LongText && Topics.ContainsKey(f.Key) && answers[f.Key] is not null))
        {
            var copies = firm == Copier && Copied.Contains(field.Key);
            var text = Compose(field, copies ? Source : firm);
            answers[field.Key] = copies ? text.Replace("（演示数据）", "（本企业演示数据）", StringComparison.Ordinal).Replace("百分之", "近百分之", StringComparison.Ordinal) : text;
        }
    }

    private static string Compose(FieldDefinition field, int firm)
    {
        var (product, technique) = TradeOf(firm);
        var topic = Topics[field.Key];
        var draw = (uint)(firm + 1) * 2654435761u;
        foreach (var letter in field.Key)
        {
            draw = (draw ^ letter) * 16777619u;
        }

        var text = string.Empty;
        while (text.Length < Math.Max(110, (field.MinLength ?? 0) + 20))
        {
            foreach (var slot in topic)
            {
                draw = (draw * 1664525u) + 1013904223u;
                text += slot[(draw >> 16) % slot.Length]
                    .Replace("{p}", product, StringComparison.Ordinal).Replace("{t}", technique, StringComparison.Ordinal)
                    .Replace("{y}", (2014 + (draw >> 8) % 8).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                    .Replace("{n}", (3 + (draw >> 12) % 37).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            }
        }

        return text;
    }
}
