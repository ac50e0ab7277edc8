using Applications.Domain.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Applications.Data.Mappings;

internal sealed class ApplicationMapping : IEntityTypeConfiguration<Application>
{
    public void Configure(EntityTypeBuilder<Application> builder)
    {
        builder.ToTable("applications");
        builder.Property(a => a.EnterpriseName).HasMaxLength(Columns.Name);
        builder.Property(a => a.CityName).HasMaxLength(Columns.Name);
        builder.Property(a => a.Number).HasMaxLength(40);
        builder.Property(a => a.AnswersSavedBy).HasMaxLength(Columns.Name);
        builder.Property(a => a.Avoidances).AsJson().HasDefaultValueSql("'[]'");
        builder.Property(a => a.Explanations).HasDefaultValue("{}");
        builder.Property(a => a.CarriedFrom).HasMaxLength(Columns.Name + Columns.Key);
        builder.Property(a => a.State).AsJson();
        builder.Property(a => a.DefinitionId).HasMaxLength(Columns.Key);
        builder.Property(a => a.Stage).HasMaxLength(Columns.Key);
        builder.Property(a => a.StageTitle).HasMaxLength(Columns.Name);
        builder.Property(a => a.Holder).HasMaxLength(Columns.Key);
        builder.Property(a => a.Result).HasMaxLength(Columns.Key);
        builder.Property(a => a.JournalHead).HasMaxLength(Columns.Hash);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasIndex(a => a.Number).IsUnique();

        // One application per enterprise and batch while none was given up; the handler checks, this index makes it fast.
        builder.HasIndex(a => new { a.BatchId, a.EnterpriseId });
        builder.HasIndex(a => new { a.EnterpriseId, a.CreatedAt });

        // The keys that long lists page by, per scope.
        builder.HasIndex(a => new { a.BatchId, a.SubmittedAt, a.Id });
        builder.HasIndex(a => new { a.BatchId, a.CityId, a.SubmittedAt, a.Id });
        builder.HasIndex(a => new { a.SubmittedAt, a.Id });
        builder.HasIndex(a => new { a.StageTitle, a.SubmittedAt, a.Id });
        builder.HasIndex(a => new { a.CityId, a.SubmittedAt, a.Id });
        builder.HasIndex(a => new { a.CountyId, a.SubmittedAt, a.Id });
        builder.HasIndex(a => new { a.BatchId, a.Score });

        // Who stands on a version, and where.
        builder.HasIndex(a => new { a.DefinitionId, a.BatchId });
    }
}

internal sealed class FilingMapping : IEntityTypeConfiguration<Filing>
{
    public void Configure(EntityTypeBuilder<Filing> builder)
    {
        builder.ToTable("filings");
        builder.Property(f => f.FiledByName).HasMaxLength(Columns.Name);
        builder.Property(f => f.Explanations).HasDefaultValue("{}");
        builder.Property(f => f.Digest).HasMaxLength(Columns.Hash);
        builder.HasIndex(f => new { f.CaseId, f.Round }).IsUnique();

        // What was filed since, for whoever reads filings in the background.
        builder.HasIndex(f => f.FiledAt);
    }
}

internal sealed class AttachmentMapping : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> builder)
    {
        builder.ToTable("attachments");
        builder.Property(a => a.FieldKey).HasMaxLength(Columns.Key);
        builder.Property(a => a.FileName).HasMaxLength(255);
        builder.Property(a => a.ContentType).HasMaxLength(Columns.Key);
        builder.Property(a => a.Sha256).HasMaxLength(Columns.Hash);
        builder.Property(a => a.AddedBy).HasMaxLength(Columns.Name);
        builder.Property(a => a.ScanNote).HasMaxLength(Attachment.LongestNote);
        builder.HasIndex(a => new { a.CaseId, a.FieldKey });

        // What the scanner still has to look at.
        builder.HasIndex(a => new { a.Scan, a.FiledInRound, a.AddedAt });
    }
}

internal sealed class UploadMapping : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> builder)
    {
        builder.ToTable("uploads");
        builder.Property(u => u.FieldKey).HasMaxLength(Columns.Key);
        builder.Property(u => u.FileName).HasMaxLength(255);
        builder.Property(u => u.Sha256).HasMaxLength(Columns.Hash);
        builder.HasIndex(u => new { u.CaseId, u.FieldKey });
        builder.HasIndex(u => u.ExpiresAt);
    }
}

internal sealed class WorkItemMapping : IEntityTypeConfiguration<WorkItem>
{
    public void Configure(EntityTypeBuilder<WorkItem> builder)
    {
        builder.ToTable("work_items");
        builder.Property(w => w.Participant).HasMaxLength(40);
        builder.Property(w => w.Activity).HasMaxLength(Columns.Key);
        builder.Property(w => w.Title).HasMaxLength(Columns.Name);
        builder.Property(w => w.Task).HasMaxLength(40);
        builder.Property(w => w.Holder).HasMaxLength(Columns.Key);
        builder.Property(w => w.Subject).HasMaxLength(Columns.Name);
        builder.Property(w => w.AssigneeName).HasMaxLength(Columns.Name);
        builder.Property(w => w.ClosedByName).HasMaxLength(Columns.Name);
        builder.Property(w => w.Outcome).HasMaxLength(40);
        builder.Property(w => w.OutcomeLabel).HasMaxLength(Columns.Name);
        builder.Property(w => w.Reason).HasMaxLength(4000);
        builder.Property(w => w.Version).IsConcurrencyToken();
        builder.HasIndex(w => new { w.Holder, w.ClosedAt, w.DueAt });
        builder.HasIndex(w => new { w.ClosedAt, w.DueAt });
        builder.HasIndex(w => new { w.ClosedBy, w.ClosedAt });
        builder.HasIndex(w => w.CaseId);
        builder.HasIndex(w => w.TitleId);
        builder.HasIndex(w => w.BatchId);
    }
}
