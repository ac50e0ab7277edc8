using System.ComponentModel.DataAnnotations;
using Applications.Web.Infrastructure.Pictures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Applications.Web.Features.Dev;

/// <summary>Every building block of the pages on one page, in Development only. All names and figures are invented.</summary>
[AllowAnonymous]
public sealed class GalleryModel(IHostEnvironment environment, TimeProvider time) : PageModel
{
    public static readonly IReadOnlyList<FlowNode> Nodes =
    [
        new("start", "开始", FlowNodeKind.Start, 0, 90, 76, 40),
        new("draft", "企业填报", FlowNodeKind.Task, 120, 84, 116, 52),
        new("county", "县级初审", FlowNodeKind.Task, 290, 84, 116, 52),
        new("city", "市级审核推荐", FlowNodeKind.Task, 460, 84, 132, 52),
        new("gate", "等待推荐截止", FlowNodeKind.Gate, 650, 84, 150, 52),
        new("formal", "省级形式审查", FlowNodeKind.Task, 650, 200, 150, 52),
        new("supplement", "企业补正", FlowNodeKind.Task, 860, 200, 116, 52),
        new("review", "专家评审", FlowNodeKind.Task, 460, 200, 132, 52),
        new("passed", "是否入围", FlowNodeKind.Decision, 280, 200, 136, 52),
        new("rejected", "未通过", FlowNodeKind.End, 120, 206, 116, 40),
        new("notice", "公示5个工作日", FlowNodeKind.System, 280, 316, 136, 52),
        new("certificate", "公布并制发证书", FlowNodeKind.System, 460, 316, 150, 52),
        new("end", "结束", FlowNodeKind.End, 670, 322, 76, 40),
    ];

    public static readonly IReadOnlyList<FlowEdge> Edges =
    [
        new("start", "draft"),
        new("draft", "county", "提交"),
        new("county", "city", "通过"),
        new("county", "draft", "退回"),
        new("city", "gate", "推荐"),
        new("gate", "formal"),
        new("formal", "review", "通过"),
        new("formal", "supplement", "补正"),
        new("supplement", "formal"),
        new("review", "passed"),
        new("passed", "rejected", "否"),
        new("passed", "notice", "是"),
        new("notice", "certificate"),
        new("certificate", "end"),
    ];

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    [BindProperty]
    public Example Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Cities { get; } = [new("请选择", ""), new("济南市", "370100"), new("青岛市", "370200"), new("烟台市", "370600")];

    public IReadOnlyList<SelectListItem> Outcomes { get; } = [new("推荐上报", "recommend"), new("退回补正", "return"), new("不予推荐", "reject")];

    public IActionResult OnGet()
    {
        if (!environment.IsDevelopment())
        {
            return NotFound();
        }

        ModelState.AddModelError("Input.Revenue", "营业收入须为不小于0的数字，单位万元");
        ModelState.AddModelError("Input.Contact", "请填写联系人手机号码");
        return Page();
    }

    /// <summary>The fields of the example form.</summary>
    public sealed class Example
    {
        [Display(Name = "研发中心名称"), Required, StringLength(60)]
        public string Name { get; set; } = "演示精密机械智能装备研发中心";

        [Display(Name = "所在设区市"), Required]
        public string City { get; set; } = "370600";

        [Display(Name = "上年度营业收入"), Required]
        public string Revenue { get; set; } = "一千二百万";

        [Display(Name = "研发人员数")]
        public int? Researchers { get; set; } = 126;

        [Display(Name = "成立日期")]
        public DateOnly? Founded { get; set; } = new(2009, 6, 18);

        [Display(Name = "联系人手机")]
        public string? Contact { get; set; }

        [Display(Name = "主要研究方向"), DataType(DataType.MultilineText), StringLength(500), Required]
        public string Directions { get; set; } = "面向高端数控机床的精密传动与在线检测技术，包括滚珠丝杠副可靠性、主轴热误差补偿和数字孪生工艺优化。";

        [Display(Name = "审核意见"), Required]
        public string Outcome { get; set; } = "recommend";

        [Display(Name = "本单位承诺所填内容真实、准确、完整")]
        public bool Promise { get; set; }

        [Display(Name = "审计报告")]
        public IFormFile? Audit { get; set; }
    }
}
