using Applications.Data.Workflow;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;

namespace Applications.Data.Batches;

/// <summary>A batch that pins the newest definitions of its programme, with its quotas and its call (申报通知).</summary>
public static class NewBatch
{
    /// <param name="opens">UTC; the rule set in force on this day is the batch's.</param>
    /// <param name="filingCloses">UTC, exclusive.</param>
    /// <param name="recommendationCloses">UTC, exclusive.</param>
    public static Batch Make(
        ProgrammeEdition edition, string name, int year, string documentNumber, DateTime opens, DateTime filingCloses, DateTime recommendationCloses)
    {
        ArgumentNullException.ThrowIfNull(edition);
        return new Batch
        {
            Id = Guid.CreateVersion7(),
            ProgrammeKey = edition.Programme.Key,
            Name = name,
            Year = year,
            DocumentNumber = documentNumber,
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
    }

    public static Quota Quota(Batch batch, Guid city, int limit)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new Quota { BatchId = batch.Id, CityId = city, Limit = limit, Version = Guid.NewGuid() };
    }

    /// <summary>The call as the public site shows it from the day the batch opens.</summary>
    /// <param name="quotaPerCity">The usual quota, named in the text; null where there is none.</param>
    /// <param name="body">The officer's own text; null for the standard one.</param>
    public static Notice Call(Batch batch, ProgrammeEdition edition, int? quotaPerCity, string? body = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(edition);
        return new Notice
        {
            Id = Guid.CreateVersion7(),
            BatchId = batch.Id,
            Kind = NoticeKind.Call,
            Slug = $"call-{batch.Id:N}",
            Title = $"关于组织申报{batch.Name}的通知",
            Body = body ?? $"""
                根据《{edition.Programme.FindRuleSet(batch.RuleSetId)!.Title}》，现组织开展{batch.Name}申报工作。

                符合条件的企业请于 {ChinaTime.FormatDeadline(batch.FilingClosesAt)} 前在线填报并提交。各市工业和信息化局请于 {ChinaTime.FormatDeadline(batch.RecommendationClosesAt)} 前完成审核，并印发推荐名单。

                {(quotaPerCity is { } quota ? $"各市推荐名额一般为 {quota} 个，超出名额的不予受理。" : "本专项不设推荐名额，成熟一个，推荐一个。")}
                """,
            PublishedAt = batch.OpensAt,
            ClosesAt = batch.FilingClosesAt,
            Entries = [],
        };
    }
}
