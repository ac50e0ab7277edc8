using Applications.Domain.Enterprises;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Applications.Data.Mappings;

internal sealed class EvidenceMapping : IEntityTypeConfiguration<Evidence>
{
    public void Configure(EntityTypeBuilder<Evidence> builder)
    {
        builder.ToTable("evidence");
        builder.Property(e => e.Title).HasMaxLength(Columns.Name);
        builder.Property(e => e.FileName).HasMaxLength(255);
        builder.Property(e => e.ContentType).HasMaxLength(Columns.Key);
        builder.Property(e => e.Sha256).HasMaxLength(Columns.Hash);
        builder.Property(e => e.AddedBy).HasMaxLength(Columns.Name);
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.HasIndex(e => e.EnterpriseId);

        // What ends soon, for the reminders.
        builder.HasIndex(e => e.ValidUntil);
    }
}
