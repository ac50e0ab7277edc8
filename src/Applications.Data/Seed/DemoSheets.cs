using System.Globalization;
using System.Text.Json;
using Applications.Data.Draws;
using Applications.Data.Outbox;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Calendars;
using Applications.Domain.Cases;
using Applications.Domain.Reviews;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;

namespace Applications.Data.Seed;

/// <summary>Who does not finish in the demonstration's large review.</summary>
/// <param name="Absent">Never declared anything.</param>
/// <param name="Halfway">Stopped after half of his files.</param>
/// <param name="Nearly">Has one draft left.</param>
/// <param name="Bound">Declares a conflict with one of his files.</param>
internal sealed record DemoSilence(Guid Absent, Guid Halfway, Guid Nearly, Guid Bound);

/// <summary>Score sheets of the demonstration: the same at every planting for the same expert and file.</summary>
internal sealed class DemoSheets(ApplicationsDbContext db, DemoFlow flow, PanelStore panels)
{
    private static readonly string[] Words =
    [
        "做法成体系，数据可追溯，推广价值明确。（演示）", "目标明确，材料齐全，成效有据可查。（演示）", "方法扎实，但成效数据只有一年，建议补充。（演示）", "推广范围偏窄，同行业借鉴意义一般。（演示）",
    ];

    /// <summary>Declares freedom from conflicts where that is still to be done, and locks the sheet.</summary>
    /// <param name="level">Points of a hundred.</param>
    /// <param name="hand">Whose habits the sheet shows; the expert's own when null.</param>
    public async Task LockAsync(ProgrammeEdition edition, Batch batch, Application one, Review review, int level, CancellationToken ct, string? hand = null)
    {
        if (review.State == ReviewState.Assigned)
        {
            review.DeclareFree(flow.Clock.Now);
        }

        var scores = ScoresAt(edition, review.Round, hand ?? review.ExpertName, level);
        review.Lock(JsonSerializer.Serialize(scores, ApplicationsDbContext.Json), Words[level % Words.Length], scores.Values.Sum(), flow.Clock.Now);
        review.Version = Guid.NewGuid();
        await flow.Host.AnswerAsync(FlowSubjects.Of(one, batch), one.State.Tokens[0].Id, review.ExpertId.ToString("N"), PanelReviewKind.Score, Self(review), null, ct);
        await flow.SaveAsync(ct);
    }

    /// <summary>Most sheets come in; one expert steps down for a substitute, three are silent, two change what they had locked, and two files are judged very differently.</summary>
    public async Task FillAsync(ProgrammeEdition edition, Batch batch, List<Application> cases, List<Review> reviews, DemoSilence silence, CancellationToken ct)
    {
        reviews = [.. reviews.OrderBy(r => r.ExpertName, StringComparer.Ordinal).ThenBy(r => cases.FindIndex(c => c.Id == r.CaseId))];
        reviews.AddRange(await StepDownAsync(batch, cases, reviews.First(r => r.ExpertId == silence.Bound), ct));
        var open = OpenOf(reviews, silence);
        var (model, copier, name) = Alike(reviews.FindAll(r => r.State == ReviewState.Assigned && !open.Contains(r)));
        await flow.TogetherAsync(
            async () =>
            {
                foreach (var review in reviews.Where(r => r.State == ReviewState.Assigned && !open.Contains(r)))
                {
                    flow.Clock.Now = flow.Clock.Now.AddMinutes(35);
                    var place = cases.FindIndex(c => c.Id == review.CaseId);
                    var isOfPair = review.ExpertId == model || review.ExpertId == copier;
                    var hand = isOfPair ? name : review.ExpertName;
                    await LockAsync(edition, batch, cases[place], review, LevelOf(hand, place, !isOfPair && !reviews.Exists(r => r.CaseId == review.CaseId && r.State == ReviewState.Locked && r.ExpertId != model && r.ExpertId != copier)), ct, hand);
                }

                foreach (var review in open.Where(r => r.ExpertId != silence.Absent))
                {
                    review.DeclareFree(flow.Clock.Now);
                    review.Save(JsonSerializer.Serialize(ScoresAt(edition, review.Round, review.ExpertName, 70), ApplicationsDbContext.Json), string.Empty);
                    review.Version = Guid.NewGuid();
                }
            },
            ct);
        var changing = reviews.Where(r => r.State == ReviewState.Locked && r.ExpertId != model && r.ExpertId != copier && open.Exists(o => o.CaseId == r.CaseId)).DistinctBy(r => r.CaseId).Take(2).ToList();
        foreach (var (review, i) in changing.Select((r, i) => (r, i)))
        {
            await ChangeAsync(edition, batch, cases.Find(c => c.Id == review.CaseId)!, review, i == 0 ? 9 : -6, i == 0 ? "把上一年度的数据看成了本年度（演示）" : "同一问题扣了两次分（演示）", ct);
        }

        Urge(batch, open);
        await db.SaveChangesAsync(ct);
    }

    private static List<Review> OpenOf(List<Review> reviews, DemoSilence silence)
    {
        List<Review> Own(Guid expert) => reviews.FindAll(r => r.ExpertId == expert && r.State == ReviewState.Assigned);
        var halfway = Own(silence.Halfway);
        return [.. Own(silence.Absent), .. halfway.Skip(halfway.Count / 2), .. Own(silence.Nearly).TakeLast(1)];
    }

    /// <summary>The two who judge the most files together: the second copies the first, which the screen of scores finds from five files on.</summary>
    private static (Guid Model, Guid Copier, string Hand) Alike(List<Review> sheets) => (
        from a in sheets
        join b in sheets on a.CaseId equals b.CaseId
        where string.CompareOrdinal(a.ExpertName, b.ExpertName) < 0
        group (a, b) by (Model: a.ExpertId, Copier: b.ExpertId) into pair
        let one = pair.First()
        orderby pair.Count() descending, one.a.ExpertName, one.b.ExpertName
        select (pair.Key.Model, pair.Key.Copier, one.a.ExpertName)).First();

    /// <returns>The substitute's seat, where there is one.</returns>
    private async Task<IEnumerable<Review>> StepDownAsync(Batch batch, List<Application> cases, Review review, CancellationToken ct)
    {
        var one = cases.Find(c => c.Id == review.CaseId)!;
        var token = one.State.Tokens[0].Id;
        flow.Clock.Now = flow.Clock.Now.AddHours(3);
        review.DeclareConflict("近三年内为该企业做过管理咨询（演示）", flow.Clock.Now);
        review.Version = Guid.NewGuid();
        await panels.AddAsync(one, batch, review.Round, token, "原专家回避", Actor.System, ct, review);
        await flow.Host.AnswerAsync(FlowSubjects.Of(one, batch), token, review.ExpertId.ToString("N"), PanelReviewKind.Decline, Self(review), "专家声明回避", ct);
        await db.SaveChangesAsync(ct);
        return db.Reviews.Local.Where(r => r.CaseId == review.CaseId && r.AssignedAt == flow.Clock.Now).ToList();
    }

    private async Task ChangeAsync(ProgrammeEdition edition, Batch batch, Application one, Review review, int by, string reason, CancellationToken ct)
    {
        flow.Clock.Now = flow.Clock.Now.AddHours(5);
        review.AskReopen(reason, flow.Clock.Now);
        flow.Clock.Now = flow.Clock.Now.AddHours(2);
        var level = (review.Total!.Value / 100) + by;
        review.AnswerReopen(true, DemoFlow.Officer.Name);
        await flow.Host.ReopenAsync(FlowSubjects.Of(one, batch), one.State.Tokens[0].Id, review.ExpertId.ToString("N"), DemoFlow.Officer, reason, ct);
        await db.SaveChangesAsync(ct);
        flow.Clock.Now = flow.Clock.Now.AddHours(4);
        await LockAsync(edition, batch, one, review, level, ct);
    }

    /// <summary>The officer has written to the silent ones two days ago.</summary>
    private void Urge(Batch batch, List<Review> open)
    {
        var day = ChinaTime.DateOf(flow.Clock.Now.AddDays(12));
        foreach (var expert in open.CountBy(r => r.ExpertId))
        {
            db.Reminders.Add(new Reminder
            {
                Id = Guid.CreateVersion7(),
                Key = string.Create(CultureInfo.InvariantCulture, $"urge:{batch.Id:N}:{expert.Key:N}:{day:yyyyMMdd}"),
                CreatedAt = ChinaTime.ToUtc(day, new TimeOnly(9, 30)),
                UserId = Guid.Empty,
                Because = $"专家评审，您还有 {expert.Value} 个项目未完成",
            });
        }
    }

    /// <summary>What the file is worth, how strict the hand is, and a little chance; two files split their judges.</summary>
    /// <param name="dissents">Whether this sheet may be the one that splits them.</param>
    private static int LevelOf(string hand, int place, bool dissents)
    {
        var worth = 62 + (place * 37 % 27);
        var lenience = (hand.Sum(c => c) % 9) - 4;
        var chance = (((hand[^1] * 7) + (place * 13)) % 5) - 2;
        var splits = place is 4 or 15 && dissents;
        return Math.Clamp(worth + lenience + chance - (splits ? 26 : 0), 30, 97);
    }

    /// <summary>Each criterion a little above or below the level.</summary>
    private static Dictionary<string, int> ScoresAt(ProgrammeEdition edition, string round, string hand, int level) =>
        edition.Rubric.ForRound(round).Criteria.Select((c, i) => (c.Key, Full: c.FullHundredths, Slant: (((hand[0] + i) % 3) - 1) * 2))
            .ToDictionary(c => c.Key, c => Math.Clamp(((c.Full * (level + c.Slant) / 100) + 25) / 50 * 50, 0, c.Full));

    private static Actor Self(Review review) => new(null, review.ExpertName, Roles.Expert, review.ExpertId);
}
