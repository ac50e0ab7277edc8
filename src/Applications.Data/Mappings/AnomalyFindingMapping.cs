using Applications.Domain.Reviews.Calibration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Applications.Data.Mappings;

internal sealed class AnomalyFindingMapping : IEntityTypeConfiguration<AnomalyFinding>
{
    public void Configure(EntityTypeBuilder<AnomalyFinding> builder)
    {
        builder.ToTable("anomaly_findings");
        builder.Property(f => f.Round).HasMaxLength(40);
        builder.Property(f => f.Key).HasMaxLength(Columns.Hash);
        builder.Property(f => f.Seen).HasMaxLength(AnomalyFinding.LongestNote);
        builder.Property(f => f.Note).HasMaxLength(AnomalyFinding.LongestNote);
        builder.Property(f => f.ByName).HasMaxLength(Columns.Name);
        builder.Property(f => f.Version).IsConcurrencyToken();
        builder.HasIndex(f => new { f.BatchId, f.Round, f.Key }).IsUnique();
    }
}
