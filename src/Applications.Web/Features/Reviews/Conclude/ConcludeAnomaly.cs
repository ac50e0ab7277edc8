using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Reviews.Calibration;
using Applications.Domain.Workflow;
using Applications.Web.Features.Reviews.Analyse;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Reviews.Conclude;

/// <param name="Key">Which of the round's anomalies (<see cref="Anomaly.Key"/>).</param>
/// <param name="Version">Of the conclusion that is replaced; empty for the first.</param>
public sealed record ConcludeAnomaly(Guid BatchId, string Round, string Key, AnomalyVerdict? Verdict, string? Note, Guid Version, Guid IdempotencyKey);

/// <summary>The officer says what he found out about something the screen showed. The scores stay as they are; the audit keeps every change of mind.</summary>
public sealed class ConcludeAnomalyHandler(ApplicationsDbContext db, CommandPipeline pipeline, RoundSheetsQuery sheets, TimeProvider clock)
{
    /// <exception cref="ValidationException">One error a field.</exception>
    public Task<Guid> HandleAsync(ConcludeAnomaly request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Is(Roles.Officer)
            ? pipeline.RunAsync(actor, request.IdempotencyKey, "conclude-anomaly", ("batch", request.BatchId), c => ConcludeAsync(request, actor, c), ct, $"{AnalysisWords.Of(request.Verdict)} {request.Note?.Trim()}")
            : throw new NotFoundException();
    }

    private async Task<Guid> ConcludeAsync(ConcludeAnomaly request, Actor actor, CancellationToken ct)
    {
        var round = await sheets.ExecuteAsync(request.BatchId, request.Round, actor, ct);
        var anomaly = (await sheets.ScreenAsync(round, ct)).FirstOrDefault(a => a.Key == request.Key) ?? throw new NotFoundException();
        var finding = await db.AnomalyFindings.SingleOrDefaultAsync(f => f.BatchId == request.BatchId && f.Round == request.Round && f.Key == request.Key, ct);
        StaleVersionException.ThrowIfStale(request.Version, finding?.Version ?? Guid.Empty, "核实结论");
        var faults = AnomalyFinding.Faults(request.Verdict, request.Note);
        if (faults.Count > 0)
        {
            throw new ValidationException(faults.Select(f => new ValidationFailure(f.Field, f.Message)));
        }

        if (finding is null)
        {
            finding = new AnomalyFinding { Id = Guid.CreateVersion7(), BatchId = request.BatchId, Round = request.Round, Key = request.Key };
            db.AnomalyFindings.Add(finding);
        }

        finding.Conclude(request.Verdict!.Value, request.Note!, anomaly.Text, actor.UserId, actor.Name, UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime));
        return finding.Version;
    }
}
