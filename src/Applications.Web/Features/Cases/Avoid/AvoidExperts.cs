using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Experts.Conflicts;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Cases.Avoid;

/// <summary>An expert whom the applicant asks not to have, as it is typed.</summary>
public sealed class AvoidanceRow
{
    public string? Name { get; set; }

    public string? Employer { get; set; }

    public string? Reason { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Name) && string.IsNullOrWhiteSpace(Employer) && string.IsNullOrWhiteSpace(Reason);
}

public sealed record AvoidExperts(Guid CaseId, IReadOnlyList<AvoidanceRow> Rows, Guid IdempotencyKey);

/// <summary>The applicant names experts it asks not to have, until its panel is chosen. Neither experts nor other enterprises learn of it.</summary>
public sealed class AvoidExpertsHandler(ApplicationsDbContext db, CommandPipeline pipeline)
{
    private const int LongestName = 50;
    private const int LongestText = 200;

    /// <exception cref="ValidationException">One error a cell.</exception>
    /// <exception cref="RuleBrokenException"><c>avoid-closed</c> and those of <see cref="CaseFacts.RequireAvoidances"/>.</exception>
    public Task<int> HandleAsync(AvoidExperts request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        var faults = request.Rows.SelectMany(FaultsOf).ToList();
        return faults.Count > 0
            ? throw new ValidationException(faults)
            : pipeline.RunAsync(actor, request.IdempotencyKey, "avoid-experts", ("case", request.CaseId), c => AvoidAsync(request, actor, c), ct);
    }

    private static IEnumerable<ValidationFailure> FaultsOf(AvoidanceRow row, int index)
    {
        if (string.IsNullOrWhiteSpace(row.Name) || row.Name.Length > LongestName)
        {
            yield return new ValidationFailure($"Rows[{index}].Name", $"请填写专家姓名，不超过 {LongestName} 字。");
        }

        if (row.Employer?.Length > LongestText)
        {
            yield return new ValidationFailure($"Rows[{index}].Employer", $"工作单位不超过 {LongestText} 字。");
        }

        if (string.IsNullOrWhiteSpace(row.Reason) || row.Reason.Length > LongestText)
        {
            yield return new ValidationFailure($"Rows[{index}].Reason", $"请写明理由，不超过 {LongestText} 字。");
        }
    }

    private async Task<int> AvoidAsync(AvoidExperts request, Actor actor, CancellationToken ct)
    {
        var application = await db.OwnCaseAsync(request.CaseId, actor, ct);
        if (application.Result is not null || await db.Reviews.AnyAsync(r => r.CaseId == request.CaseId, ct))
        {
            throw new RuleBrokenException("avoid-closed", "评审专家已经确定或申报已办结，不能再修改。发现专家应当回避的，请向受理处室书面反映。");
        }

        application.Avoid([.. request.Rows.Select(r => new Avoidance(r.Name!.Trim(), string.IsNullOrWhiteSpace(r.Employer) ? null : r.Employer.Trim(), r.Reason!.Trim()))], new ConflictRules());
        return application.Avoidances.Count;
    }
}
