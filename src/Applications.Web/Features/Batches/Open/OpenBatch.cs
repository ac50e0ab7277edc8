using Applications.Data;
using Applications.Data.Batches;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Organisations;
using Applications.Domain.Workflow;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Batches.Open;

/// <summary>A new batch as the officer types it. Days are Chinese calendar days; a closing day counts to its end.</summary>
public sealed class OpenBatch
{
    public string? Programme { get; set; }

    public string? Name { get; set; }

    public int? Year { get; set; }

    public string? DocumentNumber { get; set; }

    public DateOnly? OpensOn { get; set; }

    public DateOnly? FilingClosesOn { get; set; }

    public DateOnly? RecommendationClosesOn { get; set; }

    /// <summary>Null: as many as the programme's rules say.</summary>
    public int? QuotaPerCity { get; set; }

    /// <summary>City bureau → its own quota; cities that are not named get the usual one.</summary>
    public Dictionary<Guid, int?> Quotas { get; set; } = [];

    public string? Body { get; set; }
}

public sealed class OpenBatchValidator : AbstractValidator<OpenBatch>
{
    private const int MostQuota = 500;

    public OpenBatchValidator(TimeProvider clock, DefinitionCatalog definitions)
    {
        RuleFor(b => b.Programme).Must(p => p is not null && definitions.Editions.ContainsKey(p)).WithMessage("请选择专项。");
        RuleFor(b => b.Name).NotEmpty().WithMessage("请填写批次名称。").MaximumLength(100).WithMessage("批次名称不超过 100 字。");
        RuleFor(b => b.Year).NotNull().WithMessage("请填写年度。").InclusiveBetween(2000, 2200).WithMessage("年度应为四位数字。");
        RuleFor(b => b.DocumentNumber).NotEmpty().WithMessage("请填写通知文号。").MaximumLength(60).WithMessage("文号不超过 60 字。");
        RuleFor(b => b.OpensOn).NotNull().WithMessage("请填写开始申报的日期。");
        RuleFor(b => b.FilingClosesOn).NotNull().WithMessage("请填写申报截止日期。")
            .GreaterThanOrEqualTo(b => b.OpensOn).WithMessage("申报截止日期不能早于开始日期。")
            .GreaterThanOrEqualTo(_ => ChinaTime.Today(clock)).WithMessage("申报截止日期不能早于今天。");
        RuleFor(b => b.RecommendationClosesOn).NotNull().WithMessage("请填写推荐截止日期。")
            .GreaterThan(b => b.FilingClosesOn).WithMessage("推荐截止日期应晚于申报截止日期。");
        RuleFor(b => b.QuotaPerCity).InclusiveBetween(0, MostQuota).WithMessage($"名额应在 0 至 {MostQuota} 之间。");
        RuleFor(b => b.Quotas).Custom((quotas, context) =>
        {
            foreach (var (city, _) in quotas.Where(q => q.Value is < 0 or > MostQuota))
            {
                context.AddFailure($"Quotas[{city}]", $"名额应在 0 至 {MostQuota} 之间。");
            }
        });
        RuleFor(b => b.Body).MaximumLength(20_000).WithMessage("通知正文不超过 20000 字。");
    }
}

/// <summary>Opens a batch: pins definitions, sets quotas, publishes the call and starts the batch's flow, in one commit.</summary>
public sealed class OpenBatchHandler(
    ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, EditionSource editions, OpenBatchValidator validator)
{
    /// <returns>The new batch's id.</returns>
    /// <exception cref="ValidationException">One error a field.</exception>
    /// <exception cref="RuleBrokenException"><c>no-version</c>, <c>no-rule-set</c>, <c>no-city-bureaus</c>.</exception>
    public async Task<Guid> HandleAsync(OpenBatch request, Actor actor, Guid key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        await validator.ValidateAndThrowAsync(request, ct);
        return await pipeline.RunAsync(actor, key, "open-batch", ("batch", null), c => OpenAsync(request, actor, c), ct, request.Name);
    }

    private async Task<Guid> OpenAsync(OpenBatch request, Actor actor, CancellationToken ct)
    {
        if (actor.Role != Roles.Officer)
        {
            throw new NotFoundException();
        }

        var edition = await editions.CurrentAsync(request.Programme!, ct);
        var opensOn = request.OpensOn!.Value;
        if (edition.Programme.RuleSetOn(opensOn) is null)
        {
            throw new RuleBrokenException("no-rule-set", "该日期没有有效的办法或指南，请核对开始日期。", "OpensOn");
        }

        var cities = await db.Organisations.AsNoTracking().Where(o => o.Kind == OrganisationKind.CityBureau).Select(o => o.Id).ToListAsync(ct);
        if (cities.Count == 0)
        {
            throw new RuleBrokenException("no-city-bureaus", "系统中还没有市级工信部门，请先由系统管理员建立。");
        }

        // A call published today opens now, not at a midnight that has passed.
        var opens = opensOn <= ChinaTime.DateOf(host.Now) ? host.Now : ChinaTime.StartOfDay(opensOn);
        var batch = NewBatch.Make(
            edition, request.Name!.Trim(), request.Year!.Value, request.DocumentNumber!.Trim(), opens,
            ChinaTime.EndOfDay(request.FilingClosesOn!.Value), ChinaTime.EndOfDay(request.RecommendationClosesOn!.Value));
        db.Batches.Add(batch);
        // Where the programme has no quota what was typed means nothing, and no city has a row to use up.
        var quota = edition.Programme.QuotaPerCity is { } usual ? request.QuotaPerCity ?? usual : (int?)null;
        db.Quotas.AddRange(cities.Where(_ => quota is not null).Select(c => NewBatch.Quota(batch, c, request.Quotas.GetValueOrDefault(c) ?? quota!.Value)));
        db.Notices.Add(NewBatch.Call(batch, edition, quota, string.IsNullOrWhiteSpace(request.Body) ? null : request.Body.Trim()));
        await host.StartAsync(FlowSubjects.Of(batch), batch.BatchDefinitionId, actor, "发布", ct);
        return batch.Id;
    }
}
