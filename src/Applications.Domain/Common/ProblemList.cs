namespace Applications.Domain.Common;

/// <summary>Gathers what is wrong with one definition file, so that its author sees everything at once.</summary>
internal sealed class ProblemList(string file)
{
    private readonly List<DefinitionProblem> problems = [];

    public void Refuse(bool broken, string path, string reason)
    {
        if (broken)
        {
            problems.Add(new DefinitionProblem(file, path, reason));
        }
    }

    /// <exception cref="DefinitionException">Something was refused.</exception>
    public void ThrowIfAny()
    {
        if (problems.Count > 0)
        {
            throw new DefinitionException(problems);
        }
    }
}
