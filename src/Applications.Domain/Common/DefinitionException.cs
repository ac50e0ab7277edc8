namespace Applications.Domain.Common;

/// <summary>One thing wrong with a definition file: where it stands and why it cannot be accepted.</summary>
/// <param name="File">The file's name, as the reader of the message knows it.</param>
/// <param name="Place">The activity id, field key or JSON path.</param>
/// <param name="Reason">Why it is refused, in words for whoever wrote the file.</param>
public sealed record DefinitionProblem(string File, string Place, string Reason)
{
    public override string ToString() => $"{File}: {Place}: {Reason}";
}

/// <summary>A definition (workflow, form, rubric, programme) was refused at load. Carries every problem found, not the first only.</summary>
public sealed class DefinitionException(IReadOnlyList<DefinitionProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public DefinitionException(string file, string place, string reason)
        : this([new DefinitionProblem(file, place, reason)])
    {
    }

    public IReadOnlyList<DefinitionProblem> Problems { get; } = problems;
}
