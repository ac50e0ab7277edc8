using Applications.Domain.Calendars;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Testing;

/// <summary>Seats the panels of a round as the department does: the officer asks, the head approves and draws.</summary>
public static class PanelDraws
{
    /// <returns>The first refusal, or the answer to the draw.</returns>
    public static async Task<ApiAnswer> SeatAsync(AppHost host, string batch, int seats = 3)
    {
        ArgumentNullException.ThrowIfNull(host);
        var officer = await ApiClient.SignInAsync(host, "jingban");
        var requested = await officer.PostAsync($"batches/{batch}/draws", new { sessionOn = ChinaTime.Today(host.Services.GetRequiredService<TimeProvider>()), seats, finance = 0, outsideOneIn = 0, coverFields = false });
        if ((int)requested.Status is < 200 or >= 300)
        {
            return requested;
        }

        var draw = requested.Body.GetProperty("id").GetString()!;
        var head = await ApiClient.SignInAsync(host, "chuzhang");
        var approved = await head.PostAsync($"draws/{draw}/decision", new { decision = "Approve", version = await VersionAsync(head, draw) });
        return (int)approved.Status is < 200 or >= 300
            ? approved
            : await head.PostAsync($"draws/{draw}/run", new { version = await VersionAsync(head, draw) });
    }

    private static async Task<string> VersionAsync(ApiClient client, string draw) => (await client.GetAsync($"draws/{draw}")).Body.GetProperty("version").GetString()!;
}
