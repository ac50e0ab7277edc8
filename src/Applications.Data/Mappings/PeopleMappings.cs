using Applications.Data.Accounts;
using Applications.Data.Experts;
using Applications.Domain.Enterprises;
using Applications.Domain.Experts;
using Applications.Domain.Reviews;
using Applications.Domain.Rubrics;
using Applications.Domain.Titles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Applications.Data.Mappings;

internal sealed class AppUserMapping : IEntityTypeConfiguration<AppUser>
{
    public void Configure(EntityTypeBuilder<AppUser> builder)
    {
        builder.ToTable("users");
        builder.Property(u => u.DisplayName).HasMaxLength(Columns.Name);
        builder.Property(u => u.Role).HasMaxLength(20);
        builder.Property(u => u.ScopeName).HasMaxLength(Columns.Name);
        builder.Property(u => u.PhoneNumber).HasMaxLength(32);
        builder.Property(u => u.PasswordHash).HasMaxLength(512);
        builder.Property(u => u.SecurityStamp).HasMaxLength(64);
        builder.Property(u => u.ConcurrencyStamp).HasMaxLength(64);
        builder.HasIndex(u => new { u.Role, u.ScopeId });
    }
}

internal sealed class ApiTokenMapping : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("api_tokens");
        builder.Property(t => t.Name).HasMaxLength(Columns.Name);
        builder.Property(t => t.Hash).HasMaxLength(Columns.Hash);
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.HasIndex(t => t.UserId);
    }
}

internal sealed class EnterpriseMapping : IEntityTypeConfiguration<Enterprise>
{
    public void Configure(EntityTypeBuilder<Enterprise> builder)
    {
        builder.ToTable("enterprises");
        builder.Property(e => e.Uscc).HasMaxLength(18);
        builder.Property(e => e.Name).HasMaxLength(Columns.Name);
        builder.Property(e => e.UsccOverrideReason).HasMaxLength(500);
        builder.Ignore(e => e.HasAcceptedUscc);
        builder.Property(e => e.Profile).AsJson();
        builder.Property(e => e.Figures).AsJson();
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.HasIndex(e => e.Uscc).IsUnique();
        builder.HasIndex(e => e.CityId);
    }
}

internal sealed class ExpertMapping : IEntityTypeConfiguration<Expert>
{
    public void Configure(EntityTypeBuilder<Expert> builder)
    {
        builder.ToTable("experts");
        builder.Property(e => e.Name).HasMaxLength(Columns.Name);
        builder.Property(e => e.Employer).HasMaxLength(Columns.Name);
        builder.Property(e => e.EmployerUscc).HasMaxLength(18);
        builder.Property(e => e.Title).HasMaxLength(Columns.Key);
        builder.Property(e => e.Category).HasMaxLength(40);
        builder.Property(e => e.Fields).HasMaxLength(Columns.Name);
        builder.Property(e => e.Keywords).HasMaxLength(1000);
        builder.Property(e => e.CityCode).HasMaxLength(6);
        builder.Property(e => e.Profile).AsJson();
        builder.Property(e => e.Asked).AsJson();
        builder.Property(e => e.Interests).AsJson();
        builder.Property(e => e.Secrets).AsJson();
        builder.Property(e => e.IdentityKey).HasMaxLength(Columns.Hash);
        builder.Property(e => e.RecommendedBy).HasMaxLength(Columns.Name);
        builder.Property(e => e.Leaves).AsJson();
        builder.Property(e => e.Ratings).AsJson();
        builder.Property(e => e.Discipline).AsJson();
        builder.Property(e => e.Source).HasMaxLength(20);
        builder.Property(e => e.DecidedBy).HasMaxLength(Columns.Name);
        builder.Property(e => e.DecisionNote).HasMaxLength(1000);
        builder.Ignore(e => e.FieldList);
        builder.Ignore(e => e.Rating);
        builder.Ignore(e => e.OwnProfile);
        builder.Property(e => e.ChangeAnswer).HasMaxLength(1000);
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.HasIndex(e => e.IdentityKey);
        builder.HasIndex(e => e.RecommenderId);
        builder.HasIndex(e => new { e.Status, e.Id });
        builder.HasIndex(e => new { e.Name, e.Id });
    }
}

internal sealed class ExpertFileMapping : IEntityTypeConfiguration<ExpertFile>
{
    public void Configure(EntityTypeBuilder<ExpertFile> builder)
    {
        builder.ToTable("expert_files");
        builder.Property(f => f.FileName).HasMaxLength(255);
        builder.Property(f => f.ContentType).HasMaxLength(Columns.Key);
        builder.Property(f => f.Sha256).HasMaxLength(Columns.Hash);
        builder.Property(f => f.AddedBy).HasMaxLength(Columns.Name);
        builder.HasIndex(f => f.ExpertId);
    }
}

internal sealed class ReviewMapping : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> builder)
    {
        builder.ToTable("reviews");
        builder.Property(r => r.ExpertName).HasMaxLength(Columns.Name);
        builder.Property(r => r.AssignedBecause).HasMaxLength(Review.LongestBecause);
        builder.Property(r => r.Panel).HasMaxLength(40);
        builder.Property(r => r.ConflictReason).HasMaxLength(2000);
        builder.Property(r => r.Comment).HasMaxLength(4000);
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Property(r => r.ReopenReason).HasMaxLength(500);
        builder.Property(r => r.ReopenedBy).HasMaxLength(Columns.Name);
        builder.Property(r => r.Round).HasMaxLength(40).HasDefaultValue(ReviewRound.Default);
        builder.Ignore(r => r.SourceId);
        builder.HasIndex(r => new { r.CaseId, r.Round, r.ExpertId }).IsUnique();
        builder.HasIndex(r => new { r.ExpertId, r.BatchId });
        builder.HasIndex(r => r.BatchId);
    }
}

internal sealed class CertificateMapping : IEntityTypeConfiguration<Certificate>
{
    public void Configure(EntityTypeBuilder<Certificate> builder)
    {
        builder.ToTable("certificates");
        builder.Property(c => c.Number).HasMaxLength(40);
        builder.Property(c => c.EnterpriseName).HasMaxLength(Columns.Name);
        builder.Property(c => c.Uscc).HasMaxLength(18);
        builder.Property(c => c.CityName).HasMaxLength(Columns.Name);
        builder.Property(c => c.ProgrammeKey).HasMaxLength(Columns.Key);
        builder.Property(c => c.TitleName).HasMaxLength(Columns.Name);
        builder.Property(c => c.RevokedBecause).HasMaxLength(Columns.Name);
        builder.HasIndex(c => c.Number).IsUnique();
        builder.Property(c => c.NamedGround).HasMaxLength(Columns.Key);
        builder.Property(c => c.State).AsJson();
        builder.Property(c => c.Stage).HasMaxLength(Columns.Key);
        builder.Property(c => c.StageTitle).HasMaxLength(Columns.Name);
        builder.Property(c => c.Holder).HasMaxLength(Columns.Key);
        builder.Property(c => c.Result).HasMaxLength(Columns.Key);
        builder.Property(c => c.JournalHead).HasMaxLength(Columns.Hash);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasIndex(c => c.CaseId).IsUnique();
        builder.HasIndex(c => new { c.IssuedAt, c.Id });
        builder.HasIndex(c => c.EnterpriseId);
    }
}

internal sealed class TitleReportMapping : IEntityTypeConfiguration<TitleReport>
{
    public void Configure(EntityTypeBuilder<TitleReport> builder)
    {
        builder.ToTable("title_reports");
        builder.Property(r => r.Kind).HasMaxLength(Columns.Name);
        builder.Property(r => r.HandedInBy).HasMaxLength(Columns.Name);
        builder.HasIndex(r => new { r.CertificateId, r.Token }).IsUnique();
    }
}
