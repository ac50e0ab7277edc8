using Applications.Domain.Trail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Applications.Data.Mappings;

internal sealed class JournalMapping : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> builder)
    {
        builder.ToTable("journal");
        builder.HasKey(j => new { j.SubjectId, j.Sequence });
        builder.Property(j => j.ActorName).HasMaxLength(Columns.Name);
        builder.Property(j => j.ActorRole).HasMaxLength(20);
        builder.Property(j => j.Kind).HasMaxLength(20);
        builder.Property(j => j.Activity).HasMaxLength(Columns.Key);
        builder.Property(j => j.ActivityTitle).HasMaxLength(Columns.Name);
        builder.Property(j => j.Outcome).HasMaxLength(40);
        builder.Property(j => j.OutcomeLabel).HasMaxLength(Columns.Name);
        builder.Property(j => j.Reason).HasMaxLength(4000);
        builder.Property(j => j.StandsAt).HasMaxLength(Columns.Name);
        builder.Property(j => j.PreviousHash).HasMaxLength(Columns.Hash);
        builder.Property(j => j.Hash).HasMaxLength(Columns.Hash);
    }
}

internal sealed class AuditMapping : IEntityTypeConfiguration<AuditEvent>
{
    public void Configure(EntityTypeBuilder<AuditEvent> builder)
    {
        builder.ToTable("audit");
        builder.Property(a => a.Id).ValueGeneratedOnAdd();
        builder.Property(a => a.UserName).HasMaxLength(Columns.Name);
        builder.Property(a => a.Role).HasMaxLength(20);
        builder.Property(a => a.Ip).HasMaxLength(64);
        builder.Property(a => a.Action).HasMaxLength(Columns.Key);
        builder.Property(a => a.ObjectType).HasMaxLength(40);
        builder.Property(a => a.ObjectId).HasMaxLength(Columns.Key);
        builder.Property(a => a.Detail).HasMaxLength(4000);
        builder.Property(a => a.PreviousHash).HasMaxLength(Columns.Hash);
        builder.Property(a => a.Hash).HasMaxLength(Columns.Hash);
        builder.HasIndex(a => a.SealNumber);
        builder.HasIndex(a => new { a.ObjectType, a.ObjectId });
        builder.HasIndex(a => a.At);
        builder.HasIndex(a => new { a.Action, a.Id });
        builder.HasIndex(a => new { a.UserId, a.Id });
    }
}

internal sealed class AuditSealMapping : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> builder)
    {
        builder.ToTable("audit_seal");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Hash).HasMaxLength(Columns.Hash);
        builder.Property(s => s.CheckedFault).HasMaxLength(500);

        // Two sealers extend the chain from the same place: the second is refused and begins again.
        builder.Property(s => s.Number).IsConcurrencyToken();
        builder.HasData(new AuditSeal { Id = AuditSeal.TheOne });
    }
}
