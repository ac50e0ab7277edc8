using Applications.Domain.Enterprises;
using FluentValidation;

namespace Applications.Web.Features.Enterprises.Edit;

/// <summary>One year as it is typed; money in 万元.</summary>
public sealed class YearInput
{
    private const decimal FenPerWan = 1_000_000m;

    public int Year { get; set; }

    public int? Staff { get; set; }

    public int? RdStaff { get; set; }

    public int? RdStaffSenior { get; set; }

    public decimal? Revenue { get; set; }

    public decimal? MainRevenue { get; set; }

    public decimal? NewProductSales { get; set; }

    public decimal? NewProductProfit { get; set; }

    public decimal? Profit { get; set; }

    public decimal? Tax { get; set; }

    public decimal? RdSpend { get; set; }

    public decimal? RdEquipment { get; set; }

    public static YearInput Of(YearFigures f) => new()
    {
        Year = f.Year,
        Staff = f.Staff,
        RdStaff = f.RdStaff,
        RdStaffSenior = f.RdStaffSenior,
        Revenue = f.Revenue / FenPerWan,
        MainRevenue = f.MainRevenue / FenPerWan,
        NewProductSales = f.NewProductSales / FenPerWan,
        NewProductProfit = f.NewProductProfit / FenPerWan,
        Profit = f.Profit / FenPerWan,
        Tax = f.Tax / FenPerWan,
        RdSpend = f.RdSpend / FenPerWan,
        RdEquipment = f.RdEquipment / FenPerWan,
    };

    /// <summary>The stored year with what was typed; figures that are not asked for stay.</summary>
    public YearFigures Over(YearFigures figures) => figures with
    {
        Staff = Staff,
        RdStaff = RdStaff,
        RdStaffSenior = RdStaffSenior,
        Revenue = Fen(Revenue),
        MainRevenue = Fen(MainRevenue),
        NewProductSales = Fen(NewProductSales),
        NewProductProfit = Fen(NewProductProfit),
        Profit = Fen(Profit),
        Tax = Fen(Tax),
        RdSpend = Fen(RdSpend),
        RdEquipment = Fen(RdEquipment),
    };

    public static long? Fen(decimal? wan) => wan is { } value ? (long)Math.Round(value * FenPerWan) : null;
}

public sealed class YearInputValidator : AbstractValidator<YearInput>
{
    private const decimal MostWan = 1_000_000_000;

    public YearInputValidator()
    {
        RuleFor(y => y.Year).InclusiveBetween(1990, 2200).WithMessage("年度不正确。");
        RuleFor(y => y.Staff).InclusiveBetween(0, 1_000_000).WithMessage("人数应在 0 至 100 万之间。");
        RuleFor(y => y.RdStaff).GreaterThanOrEqualTo(0).WithMessage("人数不能小于 0。");
        RuleFor(y => y.RdStaff).LessThanOrEqualTo(y => y.Staff).When(y => y.Staff is not null).WithMessage("研发人员不能多于职工总数。");
        RuleFor(y => y.RdStaffSenior).InclusiveBetween(0, 1_000_000).WithMessage("人数应在 0 至 100 万之间。");
        RuleFor(y => y.Revenue).InclusiveBetween(0, MostWan).WithMessage("营业收入应为不小于 0 的万元数。");
        RuleFor(y => y.MainRevenue).InclusiveBetween(0, MostWan).WithMessage("主营业务收入应为不小于 0 的万元数。");
        RuleFor(y => y.NewProductSales).InclusiveBetween(0, MostWan).WithMessage("新产品销售收入应为不小于 0 的万元数。");
        RuleFor(y => y.NewProductProfit).InclusiveBetween(-MostWan, MostWan).WithMessage("新产品利润超出范围。");
        RuleFor(y => y.Profit).InclusiveBetween(-MostWan, MostWan).WithMessage("利润总额超出范围。");
        RuleFor(y => y.Tax).InclusiveBetween(-MostWan, MostWan).WithMessage("税金超出范围。");
        RuleFor(y => y.RdSpend).InclusiveBetween(0, MostWan).WithMessage("研发费用应为不小于 0 的万元数。");
        RuleFor(y => y.RdEquipment).InclusiveBetween(0, MostWan).WithMessage("研发设备原值应为不小于 0 的万元数。");
    }
}
