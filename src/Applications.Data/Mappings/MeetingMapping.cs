using Applications.Domain.Reviews.Meetings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Applications.Data.Mappings;

internal sealed class MeetingMapping : IEntityTypeConfiguration<PanelMeeting>
{
    public void Configure(EntityTypeBuilder<PanelMeeting> builder)
    {
        builder.ToTable("panel_meetings");
        builder.Property(m => m.Round).HasMaxLength(40);
        builder.Property(m => m.Panel).HasMaxLength(40);
        builder.Property(m => m.Number).HasMaxLength(40);
        builder.Property(m => m.Title).HasMaxLength(2 * Columns.Name);
        builder.Property(m => m.Place).HasMaxLength(PanelMeeting.LongestPlace);
        builder.Property(m => m.Link).HasMaxLength(PanelMeeting.LongestPlace);
        builder.Property(m => m.Agenda).AsJson();
        builder.Property(m => m.Members).AsJson();
        builder.Property(m => m.Findings).AsJson();
        builder.Property(m => m.Opinions).AsJson();
        builder.Property(m => m.Summary).HasMaxLength(PanelMeeting.LongestOpinion);
        builder.Property(m => m.Note).HasMaxLength(PanelMeeting.LongestNote);
        builder.Property(m => m.CalledBy).HasMaxLength(Columns.Name);
        builder.Property(m => m.Version).IsConcurrencyToken();
        builder.Ignore(m => m.Plan);
        builder.Ignore(m => m.Present);
        builder.Ignore(m => m.Quorum);
        builder.Ignore(m => m.IsRunning);
        builder.Ignore(m => m.IsAnswered);
        builder.Ignore(m => m.IsOpen);
        builder.HasIndex(m => m.Number).IsUnique();
        builder.HasIndex(m => m.BatchId);
        builder.HasIndex(m => m.StartsAt);
    }
}
