namespace Applications.Domain.Experts;

/// <summary>What an expert tells for payment and contact only. It is stored encrypted; pages show the masks.</summary>
public sealed record ExpertSecrets(Sealed? Phone = null, Sealed? Identity = null, Sealed? Bank = null);

/// <summary>A secret value.</summary>
/// <param name="Mask">What everybody who sees the expert may see of it.</param>
/// <param name="Box">The value, encrypted.</param>
public sealed record Sealed(string Mask, string Box);

/// <summary>Which secret.</summary>
public enum SecretKind
{
    Phone,
    Identity,
    Bank,
}

/// <summary>How much of a secret is shown.</summary>
public static class Masks
{
    /// <summary>138****5678; 370***********12X; ****1234.</summary>
    public static string Of(SecretKind kind, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var (head, tail) = kind switch
        {
            SecretKind.Phone => (3, 4),
            SecretKind.Identity => (3, 2),
            _ => (0, 4),
        };
        return value.Length <= head + tail ? new string('*', value.Length) : $"{value[..head]}{new string('*', value.Length - head - tail)}{value[^tail..]}";
    }
}
