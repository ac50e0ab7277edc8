using Applications.Data.Workflow;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;

namespace Applications.Data.Seed;

/// <summary>A stored demonstration attachment.</summary>
public sealed record DemoFile(string Sha256, long Size);

/// <summary>A batch and its call, as an officer would have made them.</summary>
internal static class DemoBatch
{
    public static Batch Make(ProgrammeEdition edition, string name, int year, DateTime opens, DateTime filingCloses, DateTime recommendationCloses) => new()
    {
        Id = Guid.CreateVersion7(),
        ProgrammeKey = edition.Programme.Key,
        Name = name,
        Year = year,
        DocumentNumber = $"演示通知〔{year}〕{opens.DayOfYear}号",
        RuleSetId = edition.Programme.RuleSetOn(ChinaTime.DateOf(opens))!.Id,
        OpensAt = opens,
        FilingClosesAt = filingCloses,
        RecommendationClosesAt = recommendationCloses,
        CaseDefinitionId = edition.CaseFlow.Id,
        BatchDefinitionId = edition.BatchFlow.Id,
        FormId = Ids.Of(edition.Form),
        RubricId = Ids.Of(edition.Rubric),
        ProgrammeId = Ids.Of(edition.Programme),
        Version = Guid.NewGuid(),
    };

    public static Notice Call(Batch batch, ProgrammeEdition edition) => new()
    {
        Id = Guid.CreateVersion7(),
        BatchId = batch.Id,
        Kind = NoticeKind.Call,
        Slug = $"call-{batch.Id:N}",
        Title = $"关于组织申报{batch.Name}的通知",
        Body = $"""
            根据《{edition.Programme.FindRuleSet(batch.RuleSetId)!.Title}》，现组织开展{batch.Name}申报工作。

            符合条件的企业请于 {ChinaTime.FormatDeadline(batch.FilingClosesAt)} 前在线填报并提交。各市工业和信息化局请于 {ChinaTime.FormatDeadline(batch.RecommendationClosesAt)} 前完成审核，并印发推荐名单。

            各市推荐名额为 {edition.Programme.QuotaPerCity} 个，超出名额的不予受理。
            """,
        PublishedAt = batch.OpensAt,
        ClosesAt = batch.FilingClosesAt,
        Entries = [],
    };
}
