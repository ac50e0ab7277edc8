namespace Applications.Domain.Reviews.Assigning;

/// <summary>
/// What it costs to have an expert judge a file: 0 is the best match there is. One whole number a pair, file by file in one flat array, so that 10,000 files and
/// 2,000 experts take 80 MB and nothing is allocated for a pair.
/// </summary>
public sealed class PairCosts
{
    /// <summary>The cost of a pair that must never be: a conflict of interest.</summary>
    public const int Forbidden = int.MaxValue;

    private readonly int[] _costs;

    public PairCosts(int files, int experts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(files);
        ArgumentOutOfRangeException.ThrowIfNegative(experts);
        Files = files;
        Experts = experts;
        _costs = new int[checked(files * experts)];
    }

    private PairCosts(int files, int experts, int[] costs)
    {
        Files = files;
        Experts = experts;
        _costs = costs;
    }

    public int Files { get; }

    public int Experts { get; }

    public int this[int file, int expert]
    {
        get => _costs[(file * Experts) + Checked(expert)];
        set => _costs[(file * Experts) + Checked(expert)] = value;
    }

    public bool Allows(int file, int expert) => this[file, expert] != Forbidden;

    public void Forbid(int file, int expert) => this[file, expert] = Forbidden;

    /// <summary>The costs of one file, by expert.</summary>
    public Span<int> Row(int file) => _costs.AsSpan(file * Experts, Experts);

    public PairCosts Copy() => new(Files, Experts, (int[])_costs.Clone());

    internal int[] ToArray() => (int[])_costs.Clone();

    private int Checked(int expert) => (uint)expert < (uint)Experts ? expert : throw new ArgumentOutOfRangeException(nameof(expert));
}
