using Applications.Domain.Enterprises;
using Applications.Domain.Forms;

namespace Applications.Domain.Tests.Forms;

/// <summary>A form with one field of each kind, small enough to see through.</summary>
internal static class SmallForm
{
    public const string Json = """
        {
          "id": "small", "version": 1, "title": "小表",
          "sections": [
            { "key": "one", "title": "一", "fields": [
              { "key": "name", "kind": "text", "label": "名称", "required": true, "maxLength": 5, "prefill": "enterprise.name" },
              { "key": "count", "kind": "integer", "label": "人数", "min": 1, "max": 100, "unit": "人" },
              { "key": "area", "kind": "decimal", "label": "面积", "decimals": 1 },
              { "key": "capital", "kind": "money", "label": "资本", "min": 0, "prefill": "figures[0].rdSpend" },
              { "key": "day", "kind": "date", "label": "日期" },
              { "key": "colour", "kind": "choice", "label": "颜色", "options": [ { "value": "r", "label": "红" }, { "value": "g", "label": "绿" } ] },
              { "key": "colours", "kind": "choice", "multiple": true, "label": "多选", "options": [ { "value": "r", "label": "红" }, { "value": "g", "label": "绿" } ] },
              { "key": "more", "kind": "yesNo", "label": "是否更多" },
              { "key": "note", "kind": "longText", "label": "说明", "visibleWhen": "answers.more === true", "required": true, "maxLength": 20 }
            ] },
            { "key": "two", "title": "二", "fields": [
              { "key": "items", "kind": "table", "label": "清单", "maxRows": 500, "columns": [
                { "key": "title", "kind": "text", "label": "名目", "required": true },
                { "key": "price", "kind": "money", "label": "单价" },
                { "key": "pieces", "kind": "integer", "label": "件数" },
                { "key": "amount", "kind": "computed", "label": "金额", "computedAs": "money", "expression": "known(row.price, row.pieces) ? row.price * row.pieces : null" }
              ] },
              { "key": "total", "kind": "computed", "label": "合计", "computedAs": "money", "expression": "sum(answers.items, i => i.amount)" },
              { "key": "share", "kind": "computed", "label": "占比", "computedAs": "percent", "expression": "ratio(computed.total, answers.capital)" },
              { "key": "proof", "kind": "files", "label": "证明", "accept": [".pdf"], "maxCount": 2, "maxMegabytes": 50, "requiredWhen": "answers.items.length > 0" },
              { "key": "promise", "kind": "declaration", "label": "承诺", "statement": "属实。", "required": true }
            ] }
          ],
          "checks": [
            { "expression": "known(answers.capital) ? computed.total <= answers.capital : null", "message": "合计不能大于资本。", "field": "capital" },
            { "expression": "known(row.pieces) ? row.pieces > 0 : null", "message": "件数应大于零。", "field": "items", "forEach": "items", "column": "pieces" }
          ]
        }
        """;

    public static FormDefinition Form { get; } = FormDefinition.Parse(Json, "small.json");

    public static FormScope Scope { get; } = new()
    {
        Year = 2026,
        Today = new DateOnly(2026, 3, 15),
        Enterprise = new EnterpriseProfile { Uscc = "91370100MA3DEM0192", Name = "示例公司" },
        Figures = [new YearFigures { Year = 2024, RdSpend = 1 }, new YearFigures { Year = 2025, RdSpend = 12_345_600 }],
    };

    public static ILookup<string, string> Posted(params (string Name, string Value)[] values) => values.ToLookup(v => v.Name, v => v.Value);

    public static AnswerCheck Check(string answers, params (string Field, string Name, long Size)[] files) => AnswerChecker.Check(
        Form,
        Answers.Parse(answers),
        files.GroupBy(f => f.Field).ToDictionary(g => g.Key, g => (IReadOnlyList<AnswerFile>)[.. g.Select(f => new AnswerFile(f.Name, f.Size))]),
        Scope);
}
