using Applications.Data.Similarity;
using Applications.Domain.Programmes.Crossing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Applications.Data.Mappings;

internal sealed class CaseTextMapping : IEntityTypeConfiguration<CaseText>
{
    public void Configure(EntityTypeBuilder<CaseText> builder)
    {
        builder.ToTable("case_texts");
        builder.HasKey(t => t.CaseId);
        builder.Property(t => t.CaseId).ValueGeneratedNever();
        builder.HasIndex(t => t.IndexedAt);
    }
}

internal sealed class CaseClaimMapping : IEntityTypeConfiguration<CaseClaim>
{
    public void Configure(EntityTypeBuilder<CaseClaim> builder)
    {
        builder.ToTable("case_claims");
        builder.HasKey(c => new { c.CaseId, c.Kind, c.Text });
        builder.Property(c => c.Kind).HasMaxLength(40);
        builder.Property(c => c.Text).HasMaxLength(Claim.Longest);
        builder.HasIndex(c => new { c.Kind, c.Text });
    }
}

internal sealed class SimilarPairMapping : IEntityTypeConfiguration<SimilarPair>
{
    public void Configure(EntityTypeBuilder<SimilarPair> builder)
    {
        builder.ToTable("similar_pairs");
        builder.HasKey(p => new { p.CaseId, p.OtherId });
        builder.Property(p => p.Passages).AsJson();
        builder.Property(p => p.Word).HasMaxLength(SimilarPair.LongestWord);
        builder.Property(p => p.JudgedByName).HasMaxLength(Columns.Name);
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.HasIndex(p => p.OtherId);
    }
}
