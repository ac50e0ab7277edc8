using Applications.Domain.Batches;
using Applications.Domain.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Applications.Data.Mappings;

internal sealed class OrganisationMapping : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.ToTable("organisations");
        builder.Property(o => o.Name).HasMaxLength(Columns.Name);
        builder.Property(o => o.DivisionCode).HasMaxLength(6);
        builder.Property(o => o.Version).IsConcurrencyToken();
    }
}

internal sealed class BatchMapping : IEntityTypeConfiguration<Batch>
{
    public void Configure(EntityTypeBuilder<Batch> builder)
    {
        builder.ToTable("batches");
        builder.Property(b => b.ProgrammeKey).HasMaxLength(Columns.Key);
        builder.Property(b => b.Name).HasMaxLength(Columns.Name);
        builder.Property(b => b.DocumentNumber).HasMaxLength(Columns.Key);
        builder.Property(b => b.RuleSetId).HasMaxLength(Columns.Key);
        builder.Property(b => b.CaseDefinitionId).HasMaxLength(Columns.Key);
        builder.Property(b => b.BatchDefinitionId).HasMaxLength(Columns.Key);
        builder.Property(b => b.FormId).HasMaxLength(Columns.Key);
        builder.Property(b => b.RubricId).HasMaxLength(Columns.Key);
        builder.Property(b => b.ProgrammeId).HasMaxLength(Columns.Key);
        builder.Property(b => b.State).AsJson();
        builder.Property(b => b.Stage).HasMaxLength(Columns.Key);
        builder.Property(b => b.StageTitle).HasMaxLength(Columns.Name);
        builder.Property(b => b.Holder).HasMaxLength(Columns.Key);
        builder.Property(b => b.Result).HasMaxLength(Columns.Key);
        builder.Property(b => b.SentSignals).HasMaxLength(1000);
        builder.Property(b => b.JournalHead).HasMaxLength(Columns.Hash);
        builder.Property(b => b.Version).IsConcurrencyToken();
        builder.Ignore(b => b.Signals);
    }
}

internal sealed class QuotaMapping : IEntityTypeConfiguration<Quota>
{
    public void Configure(EntityTypeBuilder<Quota> builder)
    {
        builder.ToTable("quotas", t => t.HasCheckConstraint("ck_quotas_used", "\"Used\" >= 0 AND \"Used\" <= \"Limit\""));
        builder.HasKey(q => new { q.BatchId, q.CityId });
        builder.Property(q => q.Version).IsConcurrencyToken();
    }
}

internal sealed class RecommendationListMapping : IEntityTypeConfiguration<RecommendationList>
{
    public void Configure(EntityTypeBuilder<RecommendationList> builder)
    {
        builder.ToTable("recommendation_lists");
        builder.Property(l => l.CityName).HasMaxLength(Columns.Name);
        builder.Property(l => l.DocumentNumber).HasMaxLength(Columns.Key);
        builder.Property(l => l.IssuedBy).HasMaxLength(Columns.Name);
        builder.Property(l => l.Entries).AsJson();
        builder.HasIndex(l => new { l.BatchId, l.CityId });
    }
}

internal sealed class ProposedListMapping : IEntityTypeConfiguration<ProposedList>
{
    public void Configure(EntityTypeBuilder<ProposedList> builder)
    {
        builder.ToTable("proposed_lists");
        builder.Property(l => l.ProposedBy).HasMaxLength(Columns.Name);
        builder.Property(l => l.Note).HasMaxLength(4000);
        builder.Property(l => l.Entries).AsJson();
        builder.HasIndex(l => new { l.BatchId, l.Round }).IsUnique();
    }
}

internal sealed class NoticeMapping : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("notices");
        builder.Property(n => n.Slug).HasMaxLength(Columns.Key);
        builder.Property(n => n.Title).HasMaxLength(Columns.Name);
        builder.Property(n => n.Entries).AsJson();
        builder.HasIndex(n => n.Slug).IsUnique();
        builder.HasIndex(n => n.PublishedAt);
        builder.HasIndex(n => n.BatchId);
    }
}
