using System.Collections.Concurrent;
using Applications.Domain.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Applications.Data.Commands;

/// <summary>
/// SQLite takes text of any length, the others break off a transaction with an error of their own. So that a text too long is refused in words, at its
/// field and alike everywhere, lengths are looked at before anything is sent.
/// </summary>
internal static class TextLengths
{
    private static readonly ConcurrentDictionary<IEntityType, (IProperty Column, int Most)[]> Limited = new();

    /// <exception cref="RuleBrokenException"><c>text-too-long</c>, with the column as the field.</exception>
    public static void Require(ApplicationsDbContext db)
    {
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified))
            {
                continue;
            }

            foreach (var (column, most) in Limited.GetOrAdd(entry.Metadata, LimitsOf))
            {
                var property = entry.Property(column);
                if ((entry.State == EntityState.Added || property.IsModified) && property.CurrentValue is string text && text.Length > most)
                {
                    throw new RuleBrokenException("text-too-long", $"填写的内容过长：最多 {most} 字，现有 {text.Length} 字。", column.Name);
                }
            }
        }
    }

    private static (IProperty Column, int Most)[] LimitsOf(IEntityType entity) =>
        [.. entity.GetProperties().Where(p => p.ClrType == typeof(string) && p.GetMaxLength() is not null).Select(p => (p, p.GetMaxLength()!.Value))];
}
