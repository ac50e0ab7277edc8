using Applications.Data.Outbox;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Applications.Data.Mappings;

internal sealed class OutboxMapping : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox");
        builder.Property(m => m.Kind).HasMaxLength(40);
        builder.Property(m => m.LastError).HasMaxLength(2000);
        builder.Property(m => m.DedupKey).HasMaxLength(Columns.Name);
        builder.HasIndex(m => m.DedupKey).IsUnique();
        builder.HasIndex(m => new { m.DoneAt, m.ParkedAt, m.DueAt });
    }
}

internal sealed class TimerMapping : IEntityTypeConfiguration<FlowTimer>
{
    public void Configure(EntityTypeBuilder<FlowTimer> builder)
    {
        builder.ToTable("timers");
        builder.HasIndex(t => new { t.SubjectId, t.Token }).IsUnique();
        builder.HasIndex(t => new { t.DoneAt, t.DueAt });
    }
}

internal sealed class ReminderMapping : IEntityTypeConfiguration<Reminder>
{
    public void Configure(EntityTypeBuilder<Reminder> builder)
    {
        builder.ToTable("reminders");
        builder.Property(r => r.Key).HasMaxLength(Columns.Name);
        builder.Property(r => r.Because).HasMaxLength(500);
        builder.HasIndex(r => r.Key).IsUnique();
    }
}

internal sealed class MailMapping : IEntityTypeConfiguration<MailMessage>
{
    public void Configure(EntityTypeBuilder<MailMessage> builder)
    {
        builder.ToTable("mails");
        builder.Property(m => m.MessageId).HasMaxLength(Columns.Name);
        builder.Property(m => m.ToAddress).HasMaxLength(254);
        builder.Property(m => m.ToName).HasMaxLength(Columns.Name);
        builder.Property(m => m.Template).HasMaxLength(40);
        builder.Property(m => m.Subject).HasMaxLength(Columns.Name);
        builder.Property(m => m.Because).HasMaxLength(500);
        builder.Property(m => m.LastError).HasMaxLength(2000);
        builder.HasIndex(m => m.MessageId).IsUnique();
        builder.HasIndex(m => m.CreatedAt);
        builder.HasIndex(m => m.SubjectId);
    }
}

internal sealed class IdempotencyMapping : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> builder)
    {
        builder.ToTable("idempotency");
        builder.HasKey(r => new { r.UserId, r.Key });
        builder.Property(r => r.Command).HasMaxLength(Columns.Key);
        builder.HasIndex(r => r.At);
    }
}

internal sealed class CounterMapping : IEntityTypeConfiguration<Counter>
{
    public void Configure(EntityTypeBuilder<Counter> builder)
    {
        builder.ToTable("counters");
        builder.HasKey(c => c.Key);
        builder.Property(c => c.Key).HasMaxLength(Columns.Key);
    }
}

internal sealed class DefinitionMapping : IEntityTypeConfiguration<DefinitionRow>
{
    public void Configure(EntityTypeBuilder<DefinitionRow> builder)
    {
        builder.ToTable("definitions");
        builder.Property(d => d.Id).HasMaxLength(Columns.Key);
        builder.Property(d => d.Kind).HasMaxLength(20);
        builder.Property(d => d.ProgrammeKey).HasMaxLength(Columns.Key);
        builder.Property(d => d.ContentHash).HasMaxLength(Columns.Hash);
        builder.Property(d => d.PublishedBy).HasMaxLength(Columns.Name);
        builder.Property(d => d.DefinitionId).HasMaxLength(Columns.Key);
        builder.Property(d => d.Name).HasMaxLength(Columns.Name);
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.HasIndex(d => new { d.DefinitionId, d.Number });
    }
}

internal sealed class CalendarMapping : IEntityTypeConfiguration<CalendarRow>
{
    public void Configure(EntityTypeBuilder<CalendarRow> builder)
    {
        builder.ToTable("work_calendar");
        builder.HasKey(c => c.Date);
        builder.Property(c => c.Note).HasMaxLength(Columns.Name);
    }
}

internal sealed class DataProtectionKeyMapping : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("data_protection_keys");
        builder.Property(k => k.FriendlyName).HasMaxLength(Columns.Name);
    }
}
