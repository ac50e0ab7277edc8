using Applications.Domain.Enterprises;
using Applications.Domain.Forms;

namespace Applications.Domain.Tests.Forms;

/// <summary>A form with every kind of field that is typed, alone and in a table.</summary>
internal static class EveryKind
{
    private const string Columns = """
        { "key": "text", "kind": "text", "label": "名称", "maxLength": 30 },
        { "key": "long", "kind": "longText", "label": "说明" },
        { "key": "integer", "kind": "integer", "label": "件数", "unit": "件", "min": 0 },
        { "key": "decimal", "kind": "decimal", "label": "面积", "decimals": 2 },
        { "key": "money", "kind": "money", "label": "金额" },
        { "key": "date", "kind": "date", "label": "日期" },
        { "key": "period", "kind": "period", "label": "起止时间" },
        { "key": "choice", "kind": "choice", "label": "级别", "options": [ { "value": "n", "label": "国家级" }, { "value": "p", "label": "省级" } ] },
        { "key": "industry", "kind": "code", "list": "industries", "under": ["C", "I65"], "label": "行业" },
        { "key": "division", "kind": "code", "list": "divisions", "label": "所在地" },
        { "key": "yesNo", "kind": "yesNo", "label": "是否自有" }
        """;

    public const string Json = $$"""
        {
          "id": "every-kind", "version": 1, "title": "各类字段",
          "sections": [ { "key": "one", "title": "一", "fields": [
            {{Columns}},
            { "key": "rows", "kind": "table", "label": "清单", "maxRows": 20, "columns": [ {{Columns}} ] },
            { "key": "days", "kind": "computed", "label": "开始", "computedAs": "text", "expression": "answers.period === null ? null : answers.period.from" }
          ] } ],
          "checks": [ { "expression": "row.period === null ? null : row.period.from >= '2000-01-01'", "message": "不早于2000年。", "field": "rows", "forEach": "rows", "column": "period" } ]
        }
        """;

    public static FormDefinition Form { get; } = FormDefinition.Parse(Json, "every-kind.json");

    public static FormScope Scope { get; } = new() { Year = 2026, Today = new DateOnly(2026, 3, 15), Enterprise = new EnterpriseProfile { Uscc = "91370100MA3DEM0192", Name = "示例公司" } };

    public static AnswerCheck Check(Answers answers) => AnswerChecker.Check(Form, answers, null, Scope);
}
