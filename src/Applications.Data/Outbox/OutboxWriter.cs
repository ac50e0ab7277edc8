using System.Text.Json;

namespace Applications.Data.Outbox;

/// <summary>Adds messages to the present unit of work.</summary>
public static class OutboxWriter
{
    /// <param name="dedupKey">Names the intent; writing it twice violates a unique key.</param>
    public static void Send<T>(this ApplicationsDbContext db, string kind, T payload, string dedupKey, DateTime now) =>
        db.Outbox.Add(new OutboxMessage
        {
            Id = Guid.CreateVersion7(),
            Kind = kind,
            Payload = JsonSerializer.Serialize(payload, ApplicationsDbContext.Json),
            CreatedAt = now,
            DueAt = now,
            DedupKey = dedupKey,
        });
}

/// <summary>Kinds of outbox messages.</summary>
public static class OutboxKinds
{
    /// <summary>A batch opened a gate: move its waiting cases. Payload <see cref="SignalCases"/>.</summary>
    public const string SignalCases = "signal-cases";

    /// <summary>Compose a letter from a template. Payload <see cref="SendLetter"/>.</summary>
    public const string SendLetter = "send-letter";

    /// <summary>Deliver a composed mail. Payload <see cref="DeliverMail"/>.</summary>
    public const string DeliverMail = "deliver-mail";
}

/// <param name="WaitingSince">For a pulse: only cases that were waiting by then are meant.</param>
public sealed record SignalCases(Guid BatchId, string Signal, DateTime? WaitingSince = null);

/// <param name="Audience">A holder (<see cref="Domain.Accounts.Actor.Holder"/>): every enabled account at that desk gets the letter.</param>
/// <param name="BatchId">Null when the letter is about no batch, as with a delegation.</param>
/// <param name="TitleId">The certificate, when the letter is about a title and no longer about its case.</param>
/// <param name="Path">The page it leads to, where that is not the case's or the batch's.</param>
public sealed record SendLetter(string Template, string Audience, Guid? BatchId, Guid? CaseId, string? Reason, string Because, Guid? TitleId = null, string? Path = null);

public sealed record DeliverMail(Guid MailId);
