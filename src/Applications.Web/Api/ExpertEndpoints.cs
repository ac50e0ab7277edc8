using Applications.Domain.Calendars;
using Applications.Domain.Experts;
using Applications.Web.Features.Experts.List;
using Applications.Web.Features.Experts.Show;
using Applications.Web.Features.Experts.Use;
using Applications.Web.Infrastructure.Security;

namespace Applications.Web.Api;

/// <summary>The expert pool, read only. Phone, identity number, bank account, birth, kin and interests are no part of it.</summary>
internal static class ExpertEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var experts = api.MapGroup("/experts").RequireAuthorization(AccountSetup.Policies.PoolReaders);
        experts.MapGet("", async (
            string? q, string? field, string? category, string? city, ExpertStatus? status, bool? stale, ExpertOrder? order, Guid? after, ExpertListQuery query, CurrentActor actor, TimeProvider clock, CancellationToken ct) =>
        {
            var today = ChinaTime.Today(clock);
            var (lines, more) = await query.ExecuteAsync(new ExpertFilter(q, field, category, city, status, stale ?? false, order ?? ExpertOrder.Name, after), actor.Value, ct);
            var terms = string.Join('&', new[] { ("q", q), ("field", field), ("category", category), ("city", city), ("status", status?.ToString()), ("stale", stale?.ToString()), ("order", order?.ToString()) }
                .Where(t => !string.IsNullOrEmpty(t.Item2)).Select(t => $"{t.Item1}={Uri.EscapeDataString(t.Item2!)}").Append($"after={(more ? lines[^1].Expert.Id : null)}"));
            return new
            {
                items = lines.Select(l => new { expert = Of(l.Expert, today), l.Sessions, l.Assigned, l.Locked, l.Declined }),
                next = more ? $"/api/v1/experts?{terms}" : null,
            };
        }).WithSummary("Experts of the pool, by key; how often they were used as far as names are unsealed.");
        experts.MapGet("/{id:guid}", async (Guid id, ExpertShowQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var view = await query.ExecuteAsync(id, actor.Value, ct);
            return new
            {
                expert = Of(view.Expert, view.Today),
                sessions = view.Sessions,
                uses = view.Uses.Select(u => new { u.BatchId, u.Batch, u.Round, u.At, u.Files, u.Locked, u.Declined }),
                leaves = view.Expert.Leaves.Select(l => new { l.From, l.To }),
            };
        }).WithSummary("One expert and the rounds of review he sat in, as far as names are unsealed.");
        experts.MapGet("/use", async (int? year, ExpertUseQuery query, CurrentActor actor, CancellationToken ct) =>
        {
            var use = await query.ExecuteAsync(year, actor.Value, ct);
            return new
            {
                use.Year,
                cap = use.Cap,
                mean = use.Mean,
                never = use.Never.Count,
                nearCap = use.NearCap.Count,
                experts = use.Used.Select(u => new { u.Id, u.Name, u.Employer, u.Sessions, u.Files, u.Declined }),
                fields = use.Fields.Select(f => new { f.Code, f.Experts, f.Sessions }),
            };
        }).WithSummary("Who was used how often in a year; sessions whose names are sealed are not counted yet.");
    }

    private static object Of(Expert one, DateOnly today) => new
    {
        one.Id,
        one.Name,
        one.Employer,
        one.Title,
        one.Category,
        fields = one.FieldList,
        one.Keywords,
        city = one.CityCode,
        status = one.StatusOn(today).ToString(),
        one.TermFrom,
        one.TermTo,
        one.UpdatedOn,
        one.Rating,
    };
}
