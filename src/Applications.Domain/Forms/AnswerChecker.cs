namespace Applications.Domain.Forms;

/// <summary>
/// The one place where answers are checked, wherever they come from (page, API, import). Pure and quick: the definition's
/// expressions are already parsed.
/// </summary>
public static class AnswerChecker
{
    private static readonly Dictionary<string, IReadOnlyList<AnswerFile>> NoFiles = [];

    /// <param name="form">The definition version the application was started with.</param>
    /// <param name="answers">What was filled in; not changed.</param>
    /// <param name="files">Attachments by field key.</param>
    /// <param name="scope">The facts around.</param>
    public static AnswerCheck Check(
        FormDefinition form, Answers answers, IReadOnlyDictionary<string, IReadOnlyList<AnswerFile>>? files, FormScope scope)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(scope);
        using var run = new AnswerCheckRun(form, answers, files ?? NoFiles, scope);
        return run.Check();
    }
}
