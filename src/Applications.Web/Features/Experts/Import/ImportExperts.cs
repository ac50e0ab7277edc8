using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Experts;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Experts;
using Applications.Domain.Identifiers;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Workbooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Applications.Web.Features.Experts.Import;

/// <param name="Rows">How many experts the table has.</param>
/// <param name="Imported">How many were taken over: all or none.</param>
public sealed record ImportResult(int Rows, IReadOnlyList<SheetFault> Faults, int Imported);

/// <param name="Approval">Number of the document by which they are already approved; null when each is to be decided on.</param>
/// <param name="DryRun">Looks only.</param>
public sealed record ImportExperts(SheetTable Table, string? Approval, bool DryRun, Guid IdempotencyKey);

/// <summary>Takes a table of experts over, whole or not at all; a dry run says what stands against it, by row and column.</summary>
public sealed class ImportExpertsHandler(
    ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, ExpertInputValidator validator, PersonalSecrets secrets, IOptions<PoolRules> rules)
{
    private const int LongestApproval = 100;

    /// <exception cref="RuleBrokenException"><c>text-too-long</c>.</exception>
    public async Task<ImportResult> HandleAsync(ImportExperts request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Pool))
        {
            throw new NotFoundException();
        }

        if (request.Approval?.Length > LongestApproval)
        {
            throw new RuleBrokenException("text-too-long", $"文号不超过 {LongestApproval} 字。", "Approval");
        }

        var rows = ImportSheet.Read(request.Table);
        var faults = await FaultsAsync(rows, request.Approval, ct);
        if (request.DryRun || faults.Count > 0)
        {
            return new ImportResult(rows.Count, faults, 0);
        }

        var count = await pipeline.RunAsync(actor, request.IdempotencyKey, "import-experts", ("expert", null), c => TakeAsync(rows, request.Approval, actor, c), ct, $"{rows.Count} 人 {request.Approval}");
        return new ImportResult(rows.Count, [], count);
    }

    private async Task<List<SheetFault>> FaultsAsync(IReadOnlyList<ImportRow> rows, string? approval, CancellationToken ct)
    {
        var today = ChinaTime.DateOf(host.Now);
        var faults = new List<SheetFault>();
        var sound = new List<ImportRow>();
        foreach (var row in rows)
        {
            var found = row.Row.Unreadable().Concat(row.Faults.Select(f => row.Fault(f.Property, f.Words)))
                .Concat((await validator.ValidateAsync(row.Input, ct)).Errors
                    .Where(e => row.Faults.All(f => f.Property != e.PropertyName.Split('[', '.')[0]))
                    .Select(e => row.Fault(e.PropertyName, e.ErrorMessage))).ToList();
            if (found.Count == 0 && !string.IsNullOrWhiteSpace(approval)
                && EntryChecker.Check(row.Input.ToProfile(), rules.Value, today).FirstOrDefault(c => !c.IsMet && c.Kind is Domain.Programmes.RuleKind.Hard) is { } unmet)
            {
                found.Add(row.Fault(nameof(ExpertInput.Ground), $"不符合入库条件：{unmet.Title}（{unmet.Fact}）。"));
            }

            if (found.Count == 0)
            {
                sound.Add(row);
            }

            faults.AddRange(found);
        }

        faults.AddRange(await KnownAsync(sound, ct));
        return [.. faults.InOrder()];
    }

    /// <summary>Those who are in the pool already, or in the table twice.</summary>
    private async Task<List<SheetFault>> KnownAsync(List<ImportRow> rows, CancellationToken ct)
    {
        var known = (await db.Experts.AsNoTracking().Where(e => e.Status != ExpertStatus.Refused).Select(e => new { e.Name, e.Employer, e.IdentityKey }).ToListAsync(ct));
        var people = known.Select(e => (e.Name, e.Employer)).ToHashSet();
        var numbers = known.Select(e => e.IdentityKey).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var faults = new List<SheetFault>();
        foreach (var row in rows)
        {
            var number = ResidentId.Normalise(row.Input.Identity) is { } identity ? secrets.IndexOf(identity) : null;
            if (!people.Add((row.Input.Name!.Trim(), row.Input.Employer!.Trim())) || (number is not null && !numbers.Add(number)))
            {
                faults.Add(row.Fault(nameof(ExpertInput.Name), "该专家已在库、正在申请，或在表中重复。"));
            }
        }

        return faults;
    }

    private Task<int> TakeAsync(IReadOnlyList<ImportRow> rows, string? approval, Actor actor, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var today = ChinaTime.DateOf(host.Now);
        foreach (var row in rows)
        {
            var expert = Expert.Apply(Guid.CreateVersion7(), row.Input.ToProfile(), new ExpertInterests(), "批量导入", host.Now);
            secrets.KeepSecrets(expert, row.Input);
            if (!string.IsNullOrWhiteSpace(approval))
            {
                expert.Approve(rules.Value, today, $"按批准名单入库：{approval.Trim()}", actor.Name, host.Now);
            }

            db.Experts.Add(expert);
        }

        return Task.FromResult(rows.Count);
    }
}
