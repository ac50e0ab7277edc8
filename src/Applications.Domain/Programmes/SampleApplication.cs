using System.Text.Json.Nodes;
using Applications.Domain.Common;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;

namespace Applications.Domain.Programmes;

/// <summary>
/// A made-up application that is in order, read from a programme's <c>sample-answers.json</c>: the demonstration data and the
/// tests grow from it. Every name in it is fictional.
/// </summary>
public sealed record SampleApplication
{
    public const string FileName = "sample-answers.json";

    public required int Year { get; init; }

    public required DateOnly Today { get; init; }

    public required EnterpriseProfile Enterprise { get; init; }

    public required IReadOnlyList<YearFigures> Figures { get; init; }

    public required JsonObject Answers { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<AnswerFile>> Files { get; init; }

    public FormScope Scope => new() { Year = Year, Today = Today, Enterprise = Enterprise, Figures = Figures };

    /// <summary>A fresh copy to change at will.</summary>
    public Answers NewAnswers() => new((JsonObject)Answers.DeepClone());

    /// <exception cref="DefinitionException">The text is no sample.</exception>
    public static SampleApplication Parse(string json, string fileName) => DefinitionJson.Parse<SampleApplication>(json, fileName);
}
