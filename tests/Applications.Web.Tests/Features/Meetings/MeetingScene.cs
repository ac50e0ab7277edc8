using AngleSharp.Dom;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Features.Meetings;

/// <summary>The demonstration on the day of a session, and its readers.</summary>
public abstract class MeetingScene : IAsyncLifetime
{
    private static readonly DateTimeOffset Today = new(2026, 10, 12, 2, 0, 0, TimeSpan.Zero);
    protected OffsetClock Clock { get; } = new(Today);

    protected AppHost Host { get; private set; } = null!;

    /// <summary>The session of the demonstration that is called for today.</summary>
    protected PanelMeeting Called { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await AppHost.StartAsync(TestDatabases.Sqlite, new AppHostOptions { Clock = Clock });
        Called = await ReadAsync(m => m.State == MeetingState.Called);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static string FieldOf(IDocument page, string name) => page.QuerySelector($"[name='{name}']")!.Closest(".field")!.TextContent;

    protected Task<PanelMeeting> ReadAsync(System.Linq.Expressions.Expression<Func<PanelMeeting, bool>> which) =>
        Host.InScopeAsync((_, db) => db.Meetings.AsNoTracking().SingleAsync(which));

    protected async Task<FormClient> ExpertAsync(Guid expert) =>
        await FormClient.SignInAsync(Host, await Host.InScopeAsync((_, db) => db.Users.Where(u => u.Role == Roles.Expert && u.ScopeId == expert).Select(u => u.UserName!).SingleAsync()));

    /// <summary>Letters about meetings that were intended, in their order.</summary>
    protected Task<List<string>> LettersAsync() =>
        Host.InScopeAsync((_, db) => db.Outbox.AsNoTracking().Where(o => o.Payload.Contains("\"meeting\"") || o.Payload.Contains("\"meeting-")).OrderBy(o => o.CreatedAt).ThenBy(o => o.Id).Select(o => o.Payload).ToListAsync());
}
