using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Reviews.Draws;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Applications.Data.Mappings;

internal sealed class PanelDrawMapping : IEntityTypeConfiguration<PanelDraw>
{
    public void Configure(EntityTypeBuilder<PanelDraw> builder)
    {
        builder.ToTable("panel_draws");
        builder.Property(d => d.Round).HasMaxLength(40);
        builder.Property(d => d.Number).HasMaxLength(40);
        builder.Property(d => d.Title).HasMaxLength(2 * Columns.Name);
        builder.Property(d => d.Categories).AsJson();
        builder.Property(d => d.Groups).AsJson();
        builder.Property(d => d.Request).AsJson();
        builder.Property(d => d.Commitment).AsJson();
        builder.Property(d => d.RequestedByName).HasMaxLength(Columns.Name);
        builder.Property(d => d.DecidedByName).HasMaxLength(Columns.Name);
        builder.Property(d => d.DecisionNote).HasMaxLength(PanelDraw.LongestNote);
        builder.Property(d => d.SealedSeed).HasMaxLength(1000);
        builder.Property(d => d.DrawnByName).HasMaxLength(Columns.Name);
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.Ignore(d => d.IsOpen);
        builder.Ignore(d => d.Seats);
        builder.HasIndex(d => d.Number).IsUnique();
        builder.HasIndex(d => new { d.BatchId, d.Round });
        builder.HasIndex(d => new { d.RequestedAt, d.Id });
    }
}

internal sealed class FileAssignmentMapping : IEntityTypeConfiguration<FileAssignment>
{
    public void Configure(EntityTypeBuilder<FileAssignment> builder)
    {
        builder.ToTable("file_assignments");
        builder.Property(a => a.Round).HasMaxLength(40);
        builder.Property(a => a.Number).HasMaxLength(40);
        builder.Property(a => a.Title).HasMaxLength(2 * Columns.Name);
        builder.Property(a => a.Order).AsJson();
        builder.Property(a => a.Cases).AsJson();
        builder.Property(a => a.RequestedByName).HasMaxLength(Columns.Name);
        builder.Property(a => a.DecidedByName).HasMaxLength(Columns.Name);
        builder.Property(a => a.Note).HasMaxLength(FileAssignment.LongestNote);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.Ignore(a => a.IsOpen);
        builder.HasIndex(a => a.Number).IsUnique();
        builder.HasIndex(a => new { a.BatchId, a.Round });
        builder.HasIndex(a => new { a.RequestedAt, a.Id });
        builder.HasIndex(a => a.State);
    }
}
