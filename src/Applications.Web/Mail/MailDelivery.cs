using Applications.Data;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Applications.Web.Mail;

/// <summary>Delivers one mail of the ledger, by SMTP or into the pickup folder.</summary>
public sealed class MailDelivery(ApplicationsDbContext db, TimeProvider clock, IOptions<MailSettings> settings)
{
    public async Task DeliverAsync(Guid mailId, CancellationToken ct)
    {
        var mail = await db.Mails.SingleAsync(m => m.Id == mailId, ct);
        if (mail.SentAt is not null)
        {
            return;
        }

        using var message = new MimeMessage { MessageId = mail.MessageId.Trim('<', '>'), Subject = mail.Subject, Body = new TextPart("plain") { Text = mail.Body } };
        message.From.Add(MailboxAddress.Parse(settings.Value.From));
        message.To.Add(new MailboxAddress(mail.ToName, mail.ToAddress));
        if (settings.Value.Mode == MailMode.Smtp)
        {
            await SendAsync(message, ct);
        }
        else
        {
            Directory.CreateDirectory(settings.Value.PickupFolder);
            await message.WriteToAsync(Path.Combine(settings.Value.PickupFolder, $"{mail.Id:N}.eml"), ct);
        }

        mail.SentAt = clock.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(ct);
    }

    private async Task SendAsync(MimeMessage message, CancellationToken ct)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync(settings.Value.Host, settings.Value.Port, settings.Value.UseTls ? SecureSocketOptions.StartTls : SecureSocketOptions.None, ct);
        if (settings.Value.User is { Length: > 0 } user)
        {
            await client.AuthenticateAsync(user, settings.Value.Password ?? string.Empty, ct);
        }

        await client.SendAsync(message, ct);
        await client.DisconnectAsync(true, ct);
    }
}
