using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Titles;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Titles.Show;

public sealed record HandInReport(Guid TitleId, Guid WorkItemId, string? Text, Guid Version, Guid IdempotencyKey);

/// <summary>The holder hands in what the title asks for: a yearly report, material for an evaluation, a report on rectification.</summary>
public sealed class HandInReportHandler(ApplicationsDbContext db, TitleHost host, CommandPipeline pipeline)
{
    private const int Shortest = 50;
    private const int Longest = 10_000;

    /// <exception cref="RuleBrokenException"><c>report-too-short</c>, <c>text-too-long</c>.</exception>
    public Task<bool> HandleAsync(HandInReport request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "hand-in-report", ("title", request.TitleId), c => HandInAsync(request, actor, c), ct);
    }

    private async Task<bool> HandInAsync(HandInReport request, Actor actor, CancellationToken ct)
    {
        var (title, item) = await db.TitleItemAsync(request.TitleId, request.WorkItemId, request.Version, actor, [Tasks.TitleReport], ct);
        var text = request.Text?.Trim() ?? string.Empty;
        if (text.Length is < Shortest or > Longest)
        {
            throw new RuleBrokenException(text.Length < Shortest ? "report-too-short" : "text-too-long", $"报告应为 {Shortest} 至 {Longest} 字，现有 {text.Length} 字。", "Text");
        }

        db.TitleReports.Add(new TitleReport
        {
            Id = Guid.CreateVersion7(),
            CertificateId = title.Id,
            Token = item.Token,
            Kind = item.Title,
            Text = text,
            HandedInAt = host.Now,
            HandedInBy = actor.Name,
        });
        await host.CompleteAsync(title, item.Token, "Submit", actor, null, ct);
        return true;
    }
}

public sealed record DecideTitle(Guid TitleId, Guid WorkItemId, string? Outcome, string? Reason, Guid Version, Guid IdempotencyKey);

/// <summary>The department decides on a title: accepts a report, evaluates, re-checks, looks into a revocation, signs it.</summary>
public sealed class DecideTitleHandler(ApplicationsDbContext db, TitleHost host, CommandPipeline pipeline)
{
    private const int LongestReason = 2000;
    private static readonly string[] Decidable = [Tasks.Evaluate, Tasks.Revocation, Tasks.SignRevocation];

    /// <returns>Where the title stands now, in words.</returns>
    /// <exception cref="RuleBrokenException"><c>outcome-required</c>, <c>text-too-long</c>, or what the engine refuses.</exception>
    public Task<string> HandleAsync(DecideTitle request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "decide-title", ("title", request.TitleId), c => DecideAsync(request, actor, c), ct, request.Outcome);
    }

    private async Task<string> DecideAsync(DecideTitle request, Actor actor, CancellationToken ct)
    {
        var (title, item) = await db.TitleItemAsync(request.TitleId, request.WorkItemId, request.Version, actor, Decidable, ct);
        var outcome = string.IsNullOrEmpty(request.Outcome) ? throw new RuleBrokenException("outcome-required", "请选择办理结果。", "Outcome") : request.Outcome;
        if (request.Reason?.Length > LongestReason)
        {
            throw new RuleBrokenException("text-too-long", $"意见或理由不超过 {LongestReason} 字。", "Reason");
        }

        await host.CompleteAsync(title, item.Token, outcome, actor, string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim(), ct);
        return title.StageTitle;
    }
}

public sealed record OpenRevocation(Guid TitleId, string? Ground, string? Reason, Guid IdempotencyKey);

/// <summary>The officer opens a revocation for one of the programme's grounds; it is looked into and signed before the title ends.</summary>
public sealed class OpenRevocationHandler(ApplicationsDbContext db, TitleHost host, CommandPipeline pipeline, TitleShowQuery query)
{
    private const int LongestReason = 2000;

    /// <exception cref="RuleBrokenException"><c>ground-required</c>, <c>reason-required</c>, <c>text-too-long</c>, <c>revocation-open</c>.</exception>
    public Task<bool> HandleAsync(OpenRevocation request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, "open-revocation", ("title", request.TitleId), c => OpenAsync(request, actor, c), ct, request.Ground);
    }

    private async Task<bool> OpenAsync(OpenRevocation request, Actor actor, CancellationToken ct)
    {
        var view = actor.Role == Roles.Officer ? await query.ExecuteAsync(request.TitleId, actor, ct) : throw new NotFoundException();
        if (view.Programme.RevocationGrounds.All(g => g.Key != request.Ground))
        {
            throw new RuleBrokenException("ground-required", "请选择撤销情形。", "Ground");
        }

        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            throw new RuleBrokenException("reason-required", "请写明事实和依据。", "Facts");
        }

        if (request.Reason.Length > LongestReason)
        {
            throw new RuleBrokenException("text-too-long", $"事实和依据不超过 {LongestReason} 字。", "Facts");
        }

        var title = await db.Certificates.SingleAsync(c => c.Id == request.TitleId, ct);
        await host.OpenRevocationAsync(title, request.Ground!, actor, request.Reason.Trim(), ct);
        return true;
    }
}
