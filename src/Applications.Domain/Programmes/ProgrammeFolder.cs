using Applications.Domain.Common;
using Applications.Domain.Forms;
using Applications.Domain.Rubrics;

namespace Applications.Domain.Programmes;

/// <summary>The definitions of one programme that belong together: a folder of <c>workflows/</c> without its workflows.</summary>
public sealed record ProgrammeFolder(ProgrammeDefinition Programme, FormDefinition Form, RubricDefinition Rubric)
{
    public const string ProgrammeFile = "programme.json";
    public const string FormFile = "form.json";
    public const string RubricFile = "rubric.json";

    /// <param name="folder">The folder's name, which must be the programme's key.</param>
    /// <param name="read">Gives the text of a file of the folder.</param>
    /// <exception cref="DefinitionException">A definition is not valid; the message names folder, file, place and reason.</exception>
    public static ProgrammeFolder Parse(string folder, Func<string, string> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        string Name(string file) => $"{folder}/{file}";
        var form = FormDefinition.Parse(read(FormFile), Name(FormFile));
        var programme = ProgrammeDefinition.Parse(read(ProgrammeFile), Name(ProgrammeFile), form);
        return programme.Key == folder
            ? new ProgrammeFolder(programme, form, RubricDefinition.Parse(read(RubricFile), Name(RubricFile), form))
            : throw new DefinitionException(Name(ProgrammeFile), "$.key", $"The key '{programme.Key}' is not the folder's name.");
    }
}
