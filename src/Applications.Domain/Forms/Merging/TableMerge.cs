using System.Text.Json.Nodes;
using Applications.Domain.Forms.Corrections;

namespace Applications.Domain.Forms.Merging;

/// <summary>One table of <see cref="AnswersMerge"/>, row by row.</summary>
internal sealed class TableMerge(FieldDefinition table, AnswersBase known, Answers theirs, Answers mine, IReadOnlyList<string> yielded)
{
    private readonly OrderedDictionary<string, JsonObject> stored = TableRows.Of(theirs, table);
    private readonly OrderedDictionary<string, JsonObject> typed = TableRows.Of(mine, table);
    private readonly List<string> shown = [.. known.RowKeys(table)];

    public bool Took { get; private set; }

    /// <summary>Rows that both changed differently, or one changed and the other struck out.</summary>
    public List<string> Conflicts { get; } = [];

    public JsonNode? Merge()
    {
        var rows = new JsonArray();
        foreach (var key in Order())
        {
            if (Decide(key, typed.GetValueOrDefault(key), stored.GetValueOrDefault(key)) is { } row)
            {
                rows.Add((JsonNode)row.DeepClone());
            }
        }

        return rows.Count == 0 && mine[table.Key] is null && theirs[table.Key] is null ? null : rows;
    }

    private JsonObject? Decide(string key, JsonObject? my, JsonObject? their)
    {
        if (my is not null && their is not null && OpenFields.Same(my, their))
        {
            return my;
        }

        if (my is null && their is null)
        {
            return null;
        }

        if (yielded.Contains(key))
        {
            return their;
        }

        if (!shown.Contains(key) && (my is null || their is null))
        {
            // Not on the writer's page: whoever has it added it.
            Took |= my is null;
            return my ?? their;
        }

        if (known.IsStoredRow(table, key, their))
        {
            return my;
        }

        if (my is not null && known.IsShownRow(table, key, my))
        {
            Took = true;
            return their;
        }

        Conflicts.Add(key);
        return my;
    }

    /// <summary>The writer's order where he moved rows, otherwise the stored one; what the other side alone has comes behind the row it stands behind there.</summary>
    private List<string> Order()
    {
        var common = typed.Keys.Where(stored.ContainsKey).ToList();
        var moved = !typed.Keys.Where(shown.Contains).SequenceEqual(shown.Where(typed.ContainsKey));
        var (lead, rest) = moved || common.Count == 0 ? (typed.Keys, stored.Keys) : (stored.Keys, (IList<string>)typed.Keys);
        var order = new List<string>(lead);
        var before = -1;
        foreach (var key in rest)
        {
            if (order.IndexOf(key) is var at and >= 0)
            {
                before = at;
            }
            else
            {
                order.Insert(++before, key);
            }
        }

        return order;
    }
}
