using Applications.Domain.Expressions;
using Applications.Domain.Forms.Fields;

namespace Applications.Domain.Forms;

/// <summary>One check: reads every value, then decides in form order what is visible, required and computed, then the rules between fields.</summary>
internal sealed class AnswerCheckRun(
    FormDefinition form, Answers answers, IReadOnlyDictionary<string, IReadOnlyList<AnswerFile>> files, FormScope scope) : IDisposable
{
    private readonly ScriptSession session = FormSession.Open(scope);
    private readonly List<AnswerError> errors = [];
    private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object?> computed = new(StringComparer.Ordinal);
    private readonly HashSet<string> hidden = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<AnswerError>> found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> fileCounts = new(StringComparer.Ordinal);

    public AnswerCheck Check()
    {
        foreach (var section in form.Sections)
        {
            foreach (var field in section.Fields)
            {
                found[field.Key] = [];
                Read(section, field);
            }
        }

        session.SetAnswers(values).SetFiles(fileCounts).Set("computed", computed);
        List<SectionProgress> progress = [];
        foreach (var section in form.Sections)
        {
            progress.Add(Decide(section));
        }

        AddUnknown();
        AddChecks();
        return new AnswerCheck
        {
            Errors = errors,
            Values = values,
            Computed = computed,
            Hidden = hidden,
            FileCounts = fileCounts,
            Sections = [.. progress.Select(WithErrors)],
        };
    }

    public void Dispose() => session.Dispose();

    private void Read(SectionDefinition section, FieldDefinition field)
    {
        switch (field.Kind)
        {
            case FieldKind.Computed:
                break;
            case FieldKind.Files:
                fileCounts[field.Key] = files.TryGetValue(field.Key, out var given) ? given.Count : 0;
                break;
            case FieldKind.Table:
                values[field.Key] = new TableReader(session, section.Key, field, answers, found[field.Key]).Read();
                break;
            default:
                var node = answers[field.Key];
                values[field.Key] = null;
                if (!FieldType.IsEmpty(node))
                {
                    if (FieldType.Of(field.Kind)!.Check(field, node!, out var value) is { } problem)
                    {
                        found[field.Key].Add(new AnswerError(section.Key, field.Key, problem));
                    }

                    values[field.Key] = value;
                }

                break;
        }
    }

    private SectionProgress Decide(SectionDefinition section)
    {
        var asked = 0;
        var answered = 0;
        var touched = false;
        foreach (var field in section.Fields)
        {
            if (field.VisibleWhen is not null && session.TryEvaluate(field.VisibleWhen) is not true)
            {
                Hide(field);
                continue;
            }

            if (field.Kind is FieldKind.Computed)
            {
                computed[field.Key] = session.TryEvaluate(field.Expression!);
                session.Put("computed", field.Key, computed[field.Key]);
                continue;
            }

            var required = field.Required || (field.RequiredWhen is not null && session.TryEvaluate(field.RequiredWhen) is true);
            var present = IsPresent(field);
            touched |= present && !field.ReadOnly && field.Prefill is null;
            if (field.Kind is FieldKind.Files)
            {
                AddFiles(section, field);
            }

            if (required)
            {
                asked++;
                answered += present ? 1 : 0;
                if (!present)
                {
                    found[field.Key].Add(new AnswerError(section.Key, field.Key, MissingMessage(field)) { IsMissing = true });
                }
            }

            if (field.IsTable && field.MinRows > 0 && (present || required))
            {
                AddTooFew(section, field);
            }

            errors.AddRange(found[field.Key]);
        }

        var state = touched || answered > 0 ? ProgressState.InProgress : ProgressState.Empty;
        return new SectionProgress(section.Key, section.Title, state, asked, answered, 0);
    }

    private void Hide(FieldDefinition field)
    {
        hidden.Add(field.Key);
        if (field.Kind is FieldKind.Computed)
        {
            computed[field.Key] = null;
        }
        else if (field.Kind is not FieldKind.Files && values[field.Key] is not null)
        {
            // A hidden answer counts for nothing further on either.
            values[field.Key] = field.IsTable ? Array.Empty<AnswerRow>() : null;
            session.PutAnswer(field.Key, values[field.Key]);
        }
    }

    private bool IsPresent(FieldDefinition field) => field.Kind switch
    {
        FieldKind.Files => fileCounts[field.Key] > 0,
        FieldKind.Table => found[field.Key].Count > 0 || values[field.Key] is IReadOnlyList<AnswerRow> { Count: > 0 },
        _ => !FieldType.IsEmpty(answers[field.Key]),
    };

    private static string MissingMessage(FieldDefinition field) => field.Kind switch
    {
        FieldKind.Files => $"请上传{field.Label}。",
        FieldKind.Table => $"请填写{field.Label}，至少{Math.Max(1, field.MinRows)}行。",
        _ => FieldType.Of(field.Kind)!.MissingMessage(field),
    };

    private void AddTooFew(SectionDefinition section, FieldDefinition field)
    {
        if (values[field.Key] is IReadOnlyList<AnswerRow> rows && rows.Count > 0 && rows.Count < field.MinRows)
        {
            found[field.Key].Add(new AnswerError(section.Key, field.Key, $"{field.Label}至少{field.MinRows}行，现有{rows.Count}行。") { IsMissing = true });
        }
    }

    private void AddFiles(SectionDefinition section, FieldDefinition field)
    {
        if (!files.TryGetValue(field.Key, out var given))
        {
            return;
        }

        var list = found[field.Key];
        if (given.Count > field.MaxCount)
        {
            list.Add(new AnswerError(section.Key, field.Key, $"{field.Label}最多{field.MaxCount}个文件，现有{given.Count}个。"));
        }

        foreach (var file in given)
        {
            if (!field.Accept.Any(e => file.Name.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            {
                list.Add(new AnswerError(section.Key, field.Key, $"“{file.Name}”的类型不被接受，可上传：{string.Join("、", field.Accept)}。"));
            }

            if (field.MaxMegabytes is { } most && file.Size > most * 1024L * 1024L)
            {
                list.Add(new AnswerError(section.Key, field.Key, $"“{file.Name}”超过{most} MB。"));
            }

            if (file.Trouble is { } trouble)
            {
                list.Add(new AnswerError(section.Key, field.Key, $"“{file.Name}”{trouble}"));
            }

            if (file.Size == 0)
            {
                list.Add(new AnswerError(section.Key, field.Key, $"“{file.Name}”是空文件。"));
            }
        }
    }

    private void AddUnknown() => errors.AddRange(answers.Json.Select(p => p.Key)
        .Where(key => !found.ContainsKey(key))
        .Select(key => new AnswerError(string.Empty, key, $"表单中没有字段“{key}”。")));

    private void AddChecks()
    {
        foreach (var check in form.Checks.Where(c => !hidden.Contains(c.Field)))
        {
            var section = form.Sections.First(s => s.Fields.Any(f => f.Key == check.Field)).Key;
            if (check.ForEach is null)
            {
                if (session.TryEvaluate(check.Expression) is false)
                {
                    errors.Add(new AnswerError(section, check.Field, check.Message));
                }

                continue;
            }

            var rows = (IReadOnlyList<AnswerRow>)values[check.ForEach]!;
            if (rows.Count == 0 || session.TryEvaluate(check.OverRows) is not IReadOnlyList<object?> results)
            {
                continue;
            }

            foreach (var (row, result) in rows.Zip(results))
            {
                if (result is false)
                {
                    errors.Add(new AnswerError(section, check.Field, $"第{row.Index + 1}行：{check.Message}") { Row = row.Index, RowKey = row.Key, Column = check.Column });
                }
            }
        }
    }

    private SectionProgress WithErrors(SectionProgress section)
    {
        var count = errors.Count(e => e.SectionKey == section.Key);
        var complete = count == 0 && section.Answered == section.Asked && (section.Asked > 0 || section.State is ProgressState.InProgress);
        return section with { Errors = count, State = complete ? ProgressState.Complete : section.State };
    }
}
