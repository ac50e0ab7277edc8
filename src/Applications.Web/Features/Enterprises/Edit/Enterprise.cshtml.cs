using Applications.Data;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms.Lists;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Commands;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises.Edit;

/// <summary>Name, code, contacts and the last three years of the enterprise's record.</summary>
[Authorize(Policy = Roles.Applicant)]
public sealed class EnterpriseModel(EnterpriseQuery query, UpdateEnterpriseHandler handler, CurrentActor actor) : CommandPage
{
    /// <summary>What each year is asked, with its unit, in the order of the audit report.</summary>
    public static readonly IReadOnlyList<(string Key, string Label, string Unit)> Indicators =
    [
        (nameof(YearInput.Staff), "年末职工总数", "人"),
        (nameof(YearInput.RdStaff), "专职研发人员", "人"),
        (nameof(YearInput.RdStaffSenior), "其中高级职称或博士", "人"),
        (nameof(YearInput.Revenue), "营业收入", "万元"),
        (nameof(YearInput.MainRevenue), "主营业务收入", "万元"),
        (nameof(YearInput.NewProductSales), "新产品销售收入", "万元"),
        (nameof(YearInput.NewProductProfit), "新产品利润", "万元"),
        (nameof(YearInput.Profit), "利润总额", "万元"),
        (nameof(YearInput.Tax), "上缴税金", "万元"),
        (nameof(YearInput.RdSpend), "研发费用", "万元"),
        (nameof(YearInput.RdEquipment), "研发设备原值", "万元"),
    ];

    [BindProperty]
    public UpdateEnterprise Input { get; set; } = new();

    /// <summary>The stored code is irregular and the city has confirmed it.</summary>
    public bool UsccConfirmed { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Input = await query.ExecuteAsync(actor.Value.ScopeId!.Value, ct);
        UsccConfirmed = await query.IsConfirmedAsync(actor.Value.ScopeId!.Value, ct);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(
        async () =>
        {
            await handler.HandleAsync(Input, actor.Value, IdempotencyKey, ct);
            TempData.Success("企业信息已保存。已提交的申报书不受影响。");
            return LocalRedirect("/enterprise/identity");
        },
        ct,
        "Input.");

    protected override async Task LoadAsync(CancellationToken ct)
    {
        if (Response.StatusCode == StatusCodes.Status409Conflict)
        {
            Input.Version = (await query.ExecuteAsync(actor.Value.ScopeId!.Value, ct)).Version;
        }
    }
}

/// <summary>The record as it is typed.</summary>
public sealed class EnterpriseQuery(ApplicationsDbContext db, TimeProvider clock)
{
    private const decimal FenPerWan = 1_000_000m;

    public async Task<UpdateEnterprise> ExecuteAsync(Guid id, CancellationToken ct)
    {
        var e = await db.Enterprises.AsNoTracking().SingleAsync(x => x.Id == id, ct);
        return new UpdateEnterprise
        {
            Uscc = e.Uscc,
            UsccAsPrinted = e.UsccIsIrregular,
            Name = e.Name,
            LegalRepresentative = e.Profile.LegalRepresentative,
            RegisteredOn = e.Profile.RegisteredOn,
            RegisteredCapital = e.Profile.RegisteredCapital / FenPerWan,
            Ownership = e.Profile.Ownership,
            Industry = CodeLists.Industries.Find(e.Profile.Industry) is { } industry ? CodeLists.Industries.LabelOf(industry) : e.Profile.Industry,
            MainProducts = e.Profile.MainProducts,
            Address = e.Profile.Address,
            ContactName = e.Profile.ContactName,
            ContactPhone = e.Profile.ContactPhone,
            ContactEmail = e.Profile.ContactEmail,
            Version = e.Version,
            Years = [.. Years(e)],
        };
    }

    public Task<bool> IsConfirmedAsync(Guid id, CancellationToken ct) => db.Enterprises.AnyAsync(e => e.Id == id && e.UsccOverrideReason != null, ct);

    /// <summary>The last three full years, filled in or not.</summary>
    private IEnumerable<YearInput> Years(Enterprise enterprise)
    {
        var last = Domain.Calendars.ChinaTime.Today(clock).Year - 1;
        return Enumerable.Range(0, 3).Select(back => YearInput.Of(enterprise.Figures.FirstOrDefault(f => f.Year == last - back) ?? new YearFigures { Year = last - back }));
    }
}
