using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Enterprises;
using Applications.Domain.Enterprises.Record;
using Applications.Domain.Forms;
using Applications.Domain.Identifiers;
using Applications.Domain.Organisations;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Workbooks;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Enterprises.Import;

/// <summary>Lays a table of enterprises beside the records: what would be new, what would change, what cannot be taken.</summary>
public sealed class EnterprisePlanQuery(ApplicationsDbContext db, TimeProvider clock)
{
    private const int Chunk = 500;

    /// <exception cref="NotFoundException">The actor does not import enterprises.</exception>
    public async Task<EnterprisePlan> ExecuteAsync(SheetTable table, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Officer, Roles.City))
        {
            throw new NotFoundException();
        }

        var today = ChinaTime.Today(clock);
        var read = table.Rows.Select(row => (Row: row, Read: EnterpriseSheet.Read(row, today))).ToList();
        var known = await KnownAsync([.. read.Select(r => Code(r.Row)).Distinct()], ct);
        var bureaus = await db.Organisations.AsNoTracking().Where(o => o.Kind == OrganisationKind.CityBureau || o.Kind == OrganisationKind.CountyBureau).ToListAsync(ct);
        var twice = read.Where(r => Code(r.Row).Length > 0).GroupBy(r => Code(r.Row)).Where(g => g.Count() > 1).ToDictionary(g => g.Key, g => string.Join("、", g.Select(r => r.Row.Number)));
        var rows = new List<PlannedRow>();
        var faults = new List<SheetFault>();
        foreach (var (row, (answers, found)) in read)
        {
            var code = Code(row);
            List<SheetFault> here = [.. found];
            var (city, county) = Bureaus(row, bureaus, actor, here);
            var existing = known.GetValueOrDefault(code);
            CheckCode(row, code, existing, twice.GetValueOrDefault(code), here);
            if (existing is not null && here.Count == 0)
            {
                CheckBureaus(row, existing, city!, county, actor, here);
            }

            if (here.Count > 0)
            {
                faults.AddRange(here);
                continue;
            }

            IReadOnlyList<PlannedChange> changes = existing is null ? [] : [.. Changes(existing, answers)];
            rows.Add(new PlannedRow(
                row.Number, existing is null ? PlannedAct.Create : changes.Count > 0 ? PlannedAct.Update : PlannedAct.Keep, code, row.Text(EnterpriseSheet.EnterpriseName), DivisionCodes.NameOf(city!.DivisionCode),
                city.Id, county?.Id, city.DivisionCode, county?.DivisionCode, answers, existing, changes));
        }

        return new EnterprisePlan(table, rows, [.. faults.InOrder()]);
    }

    private static string Code(TableRow row) => Uscc.Normalise(row.Text(EnterpriseSheet.Uscc));

    private async Task<Dictionary<string, Enterprise>> KnownAsync(IReadOnlyList<string> codes, CancellationToken ct)
    {
        var known = new Dictionary<string, Enterprise>(StringComparer.Ordinal);
        foreach (var some in codes.Where(c => c.Length == Uscc.Length).Chunk(Chunk))
        {
            foreach (var enterprise in await db.Enterprises.Where(e => some.Contains(e.Uscc)).ToListAsync(ct))
            {
                known[enterprise.Uscc] = enterprise;
            }
        }

        return known;
    }

    private static void CheckCode(TableRow row, string code, Enterprise? existing, string? rows, List<SheetFault> faults)
    {
        if (existing is null && Uscc.Check(code) is { MayBeOverridden: true } check)
        {
            faults.Add(row.Fault(EnterpriseSheet.Uscc, check.Message + "确与执照一致的早期代码不能导入，请企业自行注册，由市级核实。"));
        }

        if (rows is not null)
        {
            faults.Add(row.Fault(EnterpriseSheet.Uscc, $"第 {rows} 行是同一个代码，请只保留一行。"));
        }
    }

    private static (Organisation? City, Organisation? County) Bureaus(TableRow row, List<Organisation> bureaus, Actor actor, List<SheetFault> faults)
    {
        if (faults.Exists(f => f.Heading == "所在市") || !row.Has(EnterpriseSheet.City))
        {
            return (null, null);
        }

        var text = row.Text(EnterpriseSheet.City);
        var city = bureaus.Find(o => o.Kind == OrganisationKind.CityBureau && IsMeant(o, text));
        if (city is null)
        {
            faults.Add(row.Fault(EnterpriseSheet.City, "不是本省的市，应为“济南市”一类的全称或 6 位行政区划代码。"));
            return (null, null);
        }

        if (actor.Role == Roles.City && city.Id != actor.ScopeId)
        {
            faults.Add(row.Fault(EnterpriseSheet.City, "只能导入本市的企业。"));
            return (city, null);
        }

        if (!row.Has(EnterpriseSheet.County))
        {
            return (city, null);
        }

        var counties = bureaus.Where(o => o.Kind == OrganisationKind.CountyBureau && o.ParentId == city.Id).ToList();
        var county = counties.Find(o => IsMeant(o, row.Text(EnterpriseSheet.County)));
        if (county is null)
        {
            faults.Add(row.Fault(EnterpriseSheet.County, counties.Count == 0
                ? $"{DivisionCodes.NameOf(city.DivisionCode)}没有设县级部门，请不填。"
                : $"{DivisionCodes.NameOf(city.DivisionCode)}没有这个县级部门，应为：{string.Join("、", counties.Select(o => DivisionCodes.Find(o.DivisionCode)?.Name ?? o.Name))}；由市直接受理的不填。"));
        }

        return (city, county);
    }

    private static bool IsMeant(Organisation bureau, string text) =>
        bureau.DivisionCode == text || bureau.Name == text || (DivisionCodes.Find(bureau.DivisionCode) is { } division && (division.Name == text || division.ShortName == text));

    private static void CheckBureaus(TableRow row, Enterprise existing, Organisation city, Organisation? county, Actor actor, List<SheetFault> faults)
    {
        if (existing.CityId != city.Id)
        {
            faults.Add(row.Fault(EnterpriseSheet.City, actor.Role == Roles.City ? "该企业登记在其他市，不能由本市导入。" : "该企业已登记在另一个市，导入不能变更所属市。"));
        }
        else if (county is not null && existing.CountyId != county.Id)
        {
            faults.Add(row.Fault(EnterpriseSheet.County, "与该企业登记的县级部门不同，导入不能变更；请不填或改为一致。"));
        }
    }

    private static IEnumerable<PlannedChange> Changes(Enterprise existing, Answers answers)
    {
        var record = RecordForm.Read(existing.Profile with { Name = existing.Name }, []);
        foreach (var column in EnterpriseSheet.Columns.Where(c => c.Key != EnterpriseSheet.Uscc && answers[c.Key] is not null))
        {
            var (before, after) = (FormDisplay.Text(column.Field, record[column.Key]), FormDisplay.Text(column.Field, answers[column.Key]));
            if (before != after)
            {
                yield return new PlannedChange(column.Field.Label, before, after);
            }
        }
    }
}
