namespace Applications.Web.Features.Experts;

/// <summary>Rows that are typed in a table: a list property of the page's input.</summary>
/// <param name="Name">The property, for example <c>Input.Ties</c>.</param>
/// <param name="Most">Rows there may be.</param>
public sealed record RowsModel(string Name, string Label, string? Hint, IReadOnlyList<RowColumn> Columns, IReadOnlyList<object> Rows, int Most = 50)
{
    /// <summary>The text of a cell.</summary>
    public static string? Cell(object row, RowColumn column)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(column);
        return row.GetType().GetProperty(column.Key)!.GetValue(row) as string;
    }
}

/// <param name="Key">Property of the row.</param>
/// <param name="Options">Values to choose from, with their words; null for text.</param>
public sealed record RowColumn(string Key, string Label, string Type = "text", IReadOnlyList<(string Value, string Words)>? Options = null, int Max = 200)
{
    /// <summary>Names of units and works need room.</summary>
    public bool IsLong => Type == "text" && Max >= 200;
}
