using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Applications.Web.Tests.Jobs;

/// <summary>A letter on its whole way: submission, outbox, SMTP, somebody's mailbox, ledger.</summary>
public sealed class MailTests
{
    [Fact]
    public async Task Submit_MailServerDownThenUp_TheReceiptArrivesOnceAndTheLedgerSaysSo()
    {
        if (MailDev.Unavailable is { } reason)
        {
            Assert.Skip(reason);
        }

        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = new MailDev();
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite, new AppHostOptions { Clock = clock, Settings = server.Settings, Quiet = true });
        await host.InScopeAsync((_, db) => db.Outbox.Where(o => o.DoneAt == null).ExecuteDeleteAsync());
        var draft = (await Drafts.MakeAsync(host, 1))[0];
        var client = await FormClient.SignInAsync(host, draft.UserName);
        await client.PostAsync(await client.GetAsync($"/cases/{draft.CaseId}/submit"), "form.card");
        var drain = host.Services.GetRequiredService<DrainOutbox>();

        // Nobody listens yet: the letter is written and put back.
        await drain.ExecuteAsync(CancellationToken.None);
        var waiting = await host.InScopeAsync((_, db) => db.Outbox.AsNoTracking().SingleAsync(o => o.Kind == "deliver-mail"));
        Assert.Null(waiting.DoneAt);
        Assert.True(waiting.DueAt > clock.GetUtcNow().UtcDateTime);
        Assert.NotEmpty(waiting.LastError!);
        var officer = await FormClient.SignInAsync(host, "jingban");
        Assert.Contains($"{draft.UserName}@demo.example", (await officer.GetAsync($"/admin/mails?q={draft.UserName}")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(await host.InScopeAsync((_, db) => db.Mails.Where(m => m.UserId == draft.UserId).Select(m => m.SentAt).SingleAsync()));

        await server.StartAsync();
        clock.Advance(TimeSpan.FromMinutes(2));
        await drain.ExecuteAsync(CancellationToken.None);
        await drain.ExecuteAsync(CancellationToken.None);

        var letter = Assert.Single(await server.ReadAsync());
        var (mail, number) = await host.InScopeAsync(async (_, db) => (
            await db.Mails.AsNoTracking().SingleAsync(m => m.UserId == draft.UserId), await db.Applications.Where(a => a.Id == draft.CaseId).Select(a => a.Number).SingleAsync()));
        Assert.Equal(mail.Subject, letter.GetProperty("subject").GetString());
        Assert.Contains(mail.Subject, c => c >= '一' && c <= '龥');
        Assert.Equal($"{draft.UserName}@demo.example", letter.GetProperty("to")[0].GetProperty("address").GetString());
        Assert.Equal(mail.MessageId.Trim('<', '>'), letter.GetProperty("messageId").GetString()!.Trim('<', '>'));
        Assert.Contains(number!, letter.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.NotNull(mail.SentAt);
        Assert.Contains(mail.Subject, (await officer.GetAsync($"/admin/mails?q={draft.UserName}")).Body!.TextContent, StringComparison.Ordinal);
    }
}
