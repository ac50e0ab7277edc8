using Applications.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Applications.Data.Mappings;

internal sealed class DelegationMapping : IEntityTypeConfiguration<Delegation>
{
    public void Configure(EntityTypeBuilder<Delegation> builder)
    {
        builder.ToTable("delegations");
        builder.Property(d => d.FromName).HasMaxLength(Columns.Name);
        builder.Property(d => d.FromRole).HasMaxLength(20);
        builder.Property(d => d.FromHolder).HasMaxLength(Columns.Key);
        builder.Property(d => d.ToName).HasMaxLength(Columns.Name);
        builder.Property(d => d.ProgrammeKey).HasMaxLength(Columns.Key);
        builder.Property(d => d.Reason).HasMaxLength(500);
        builder.HasIndex(d => new { d.ToUserId, d.EndsAt });
        builder.HasIndex(d => new { d.FromUserId, d.EndsAt });
    }
}
