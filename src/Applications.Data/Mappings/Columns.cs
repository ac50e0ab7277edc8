using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Applications.Data.Mappings;

/// <summary>The few column shapes the model has.</summary>
internal static class Columns
{
    public const int Name = 200;
    public const int Key = 100;
    public const int Hash = 64;

    /// <summary>A value kept as JSON text: one shape on every database.</summary>
    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property) =>
        property.HasConversion(
            value => JsonSerializer.Serialize(value, ApplicationsDbContext.Json),
            text => JsonSerializer.Deserialize<T>(text, ApplicationsDbContext.Json)!,
            new ValueComparer<T>(
                (a, b) => ReferenceEquals(a, b) || JsonSerializer.Serialize(a, ApplicationsDbContext.Json) == JsonSerializer.Serialize(b, ApplicationsDbContext.Json),
                value => value!.GetHashCode(),
                value => value));
}
