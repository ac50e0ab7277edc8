using Applications.Domain.Enterprises;
using Applications.Domain.Identifiers;
using Applications.Domain.Organisations;
using Applications.Domain.Programmes;

namespace Applications.Data.Seed;

/// <summary>Forty made-up enterprises, grown from the sample; every fifth lies below one of the thresholds.</summary>
internal static class DemoEnterprises
{
    private static readonly string[] Trades =
        ["精密机械", "智能装备", "新材料", "电子科技", "化工新材", "生物医药", "纺织科技", "食品科技", "仪器仪表", "轨道装备"];

    private static readonly string[] Industries = ["C3421", "C3562", "C2659", "C3976", "C2614", "C2761", "C1789", "C1439", "C4016", "C3714"];

    private static readonly string[] Surnames = ["潘", "葛", "范", "彭", "鲁", "苗", "柳", "唐", "薛", "贺"];

    private static readonly string[] Words = ["海岳", "泉成", "鲁创", "恒锐", "瑞科"];

    public static List<Enterprise> Make(SampleApplication sample, IReadOnlyList<Organisation> bureaus, DateTime now)
    {
        var cities = bureaus.Where(b => b.Kind == OrganisationKind.CityBureau).ToList();
        return [.. Enumerable.Range(0, 40).Select(i => One(i, sample, bureaus, i < 12 ? cities[0] : cities[1 + (i % (cities.Count - 1))], now))];
    }

    private static Enterprise One(int i, SampleApplication sample, IReadOnlyList<Organisation> bureaus, Organisation city, DateTime now)
    {
        var counties = bureaus.Where(b => b.ParentId == city.Id).ToList();
        var county = counties.Count > 0 && i % 4 != 3 ? counties[i % 3 == 2 ? 1 : 0] : null;
        var name = $"演示{Words[i % Words.Length]}{Trades[i % Trades.Length]}{i + 1:00}号有限公司";
        var uscc = Uscc.Synthetic(city.DivisionCode, 100 + i).Value;
        var weak = i % 5 == 4;
        var scale = 0.7 + (i % 7 * 0.1);
        return new Enterprise
        {
            Id = Guid.CreateVersion7(),
            Uscc = uscc,
            Name = name,
            CityId = city.Id,
            CountyId = county?.Id,
            Profile = DemoRecords.Of(i, name, sample.Enterprise) with
            {
                Uscc = uscc,
                Name = name,
                CityCode = city.DivisionCode,
                CountyCode = county?.DivisionCode,
                Industry = Industries[i % Industries.Length],
                Address = $"{DivisionCodes.NameOf(city.DivisionCode)}演示路{i + 1}号（演示数据）",
                LegalRepresentative = $"{Surnames[i % Surnames.Length]}{(i % 2 == 0 ? "总" : "经理")}{i + 1:00}",
                ContactName = $"企业经办{i + 1:00}",
                ContactEmail = $"qiye{i + 1:00}@demo.example",
            },
            Figures =
            [
                .. sample.Figures.Select(f => f with
                {
                    Revenue = Scale(f.Revenue), MainRevenue = Scale(f.MainRevenue), Profit = Scale(f.Profit), NewProductSales = Scale(f.NewProductSales),
                    NewProductProfit = Scale(f.NewProductProfit), Tax = Scale(f.Tax), RdSpend = weak ? f.RdSpend / 20 : f.RdSpend,
                }),
            ],
            UpdatedAt = now.AddDays(-240),
            Version = Guid.NewGuid(),
        };

        long? Scale(long? fen) => fen is { } value ? (long)(value * scale) / 1_000_000 * 1_000_000 : null;
    }
}
