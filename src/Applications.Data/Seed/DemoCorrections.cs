using System.Text.Json;
using System.Text.Json.Nodes;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Forms;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Seed;

/// <summary>Demonstration cases that were sent back by fields and handed in again, so that a reviewer's desk shows what was changed.</summary>
internal static class DemoCorrections
{
    /// <summary>By the bureau that checks first: a text, a figure and a row of a table.</summary>
    public static async Task ReturnAsync(DemoFlow flow, Batch batch, Application one, FormDefinition form, CancellationToken ct)
    {
        var checker = one.Stage == "countyCheck" ? Roles.County : Roles.City;
        one.Mark(Marks(
            ("mechanism", "激励机制没有写明收益分配比例，请补充。"), ("siteAddress", "请写到楼栋和房间，便于现场核对。"), ("equipment", "第1台设备的单价与发票不符，请核对。")));
        await flow.CompleteAsync(batch, one, checker, Outcomes.Return, "主要内容齐全，有三处需要补充或更正，见标出的栏目。", ct);
        var answers = Answers.Parse(one.Answers);
        answers["mechanism"] = $"{answers["mechanism"]}成果转化净收益的百分之三十奖励核心团队，每年三月公示分配方案（演示数据）。";
        answers["siteAddress"] = $"{answers["siteAddress"]}研发楼3层301至318室";
        if (answers.Rows("equipment") is [{ } first, ..] && form.FindField("equipment")!.Columns.FirstOrDefault(c => c.Kind == FieldKind.Money) is { } worth
            && first[worth.Key] is JsonValue value && value.TryGetValue<long>(out var fen))
        {
            first[worth.Key] = fen + 20_000_000;
        }

        flow.Clock.Now = flow.Clock.Now.AddHours(5);
        one.SaveAnswers(answers.ToJson(), "企业经办（演示）", flow.Clock.Now);
        await flow.CompleteAsync(batch, one, Roles.Applicant, "Resubmit", null, ct);
    }

    /// <summary>By the department: a file, replaced.</summary>
    public static async Task SupplementAsync(ApplicationsDbContext db, DemoFlow flow, Batch batch, Application one, DemoFile file, CancellationToken ct)
    {
        one.Mark(Marks(("auditReport", "审计报告缺少附注页，请补充完整后重新上传。")));
        await flow.CompleteAsync(batch, one, Roles.Officer, Outcomes.Supplement, "审计报告缺少附注页，请补充。", ct);
        flow.Clock.Now = flow.Clock.Now.AddHours(20);
        foreach (var old in await db.Attachments.Where(a => a.CaseId == one.Id && a.FieldKey == "auditReport" && a.RemovedAt == null).ToListAsync(ct))
        {
            old.RemovedAt = flow.Clock.Now;
            old.RemovedAfterRound = one.FilingRound;
        }

        db.Attachments.Add(new Attachment
        {
            Id = Guid.CreateVersion7(),
            CaseId = one.Id,
            FieldKey = "auditReport",
            FileName = "审计报告（含附注）.pdf",
            ContentType = "application/pdf",
            Size = file.Size,
            Sha256 = file.Sha256,
            AddedAt = flow.Clock.Now,
            AddedBy = "企业经办（演示）",
        });
        await db.SaveChangesAsync(ct);
        await flow.CompleteAsync(batch, one, Roles.Applicant, "Resubmit", null, ct);
    }

    private static string Marks(params (string Field, string Remark)[] marks) =>
        JsonSerializer.Serialize(marks.ToDictionary(m => m.Field, m => m.Remark), ApplicationsDbContext.Json);
}
