using Applications.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Commands;

/// <summary>
/// SQLite takes text of any length, the others break off a transaction with an error of their own. So that a text too long is refused in words, at its
/// field and alike everywhere, lengths are looked at before anything is sent.
/// </summary>
internal static class TextLengths
{
    /// <exception cref="RuleBrokenException"><c>text-too-long</c>, with the column as the field.</exception>
    public static void Require(ApplicationsDbContext db)
    {
        foreach (var entry in db.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified))
        {
            foreach (var property in entry.Properties.Where(p => entry.State == EntityState.Added || p.IsModified))
            {
                if (property is { CurrentValue: string text, Metadata: var column } && column.GetMaxLength() is { } most && text.Length > most)
                {
                    throw new RuleBrokenException("text-too-long", $"填写的内容过长：最多 {most} 字，现有 {text.Length} 字。", column.Name);
                }
            }
        }
    }
}
