using Applications.Data;
using Applications.Data.Experts;
using Applications.Data.Similarity;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Rubrics;
using Applications.Domain.Workflow;
using Applications.Testing;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Tests.Invariants;

/// <summary>A case under review, and an account in and out of its scope for every post; null is a stranger.</summary>
internal sealed class Scene
{
    private const string OwnNumber = "FP-2026-9999";

    private readonly Dictionary<string, string> values = [];

    public Guid CaseId { get; private init; }

    public Dictionary<string, string?> Users { get; } = [];

    public static Task<Scene> SetAsync(AppHost host) => host.InScopeAsync(async (_, db) =>
    {
        var one = await db.Applications.AsNoTracking().FirstAsync(a => a.Stage == "review" && db.Reviews.Any(r => r.CaseId == a.Id && r.State == ReviewState.Assigned));
        var scene = new Scene { CaseId = one.Id };
        var panel = await db.Reviews.AsNoTracking().Where(r => r.CaseId == one.Id).ToListAsync();
        var seats = panel.Select(r => (Guid?)r.ExpertId).ToList();
        var expert = (Guid?)panel.First(r => r.State == ReviewState.Assigned).ExpertId;
        var users = await db.Users.AsNoTracking().Where(u => !u.UserName!.StartsWith("draft")).OrderBy(u => u.UserName).ToListAsync();
        scene.Add("owner", users.Find(u => u.Role == Roles.Applicant && u.ScopeId == one.EnterpriseId)?.UserName);
        scene.Add("other owner", users.Find(u => u.Role == Roles.Applicant && u.ScopeId != one.EnterpriseId)?.UserName);
        scene.Add("city", users.Find(u => u.Role == Roles.City && u.ScopeId == one.CityId)?.UserName);
        scene.Add("other city", users.Find(u => u.Role == Roles.City && u.ScopeId != one.CityId)?.UserName);
        scene.Add("county", users.Find(u => u.Role == Roles.County && u.ScopeId == one.CountyId && one.CountyId is not null)?.UserName);
        scene.Add("other county", users.Find(u => u.Role == Roles.County && u.ScopeId != one.CountyId)?.UserName);
        scene.Add("expert", users.Find(u => u.Role == Roles.Expert && u.ScopeId == expert)?.UserName);
        scene.Add("other expert", users.Find(u => u.Role == Roles.Expert && !seats.Contains(u.ScopeId))?.UserName);
        foreach (var role in Roles.All.Except([Roles.Applicant, Roles.City, Roles.County, Roles.Expert]))
        {
            scene.Add(role, users.Find(u => u.Role == role)?.UserName);
        }

        scene.Users["stranger"] = null;
        scene.values["reviews/{caseId:guid}"] = $"/reviews/{one.Id}";
        scene.values["admin/batches/{id:guid}"] = $"/admin/batches/{one.BatchId}";
        scene.values["admin/batches/{id:guid}/scores"] = $"/admin/batches/{one.BatchId}/scores";
        scene.values["admin/batches/{id:guid}/silent"] = $"/admin/batches/{one.BatchId}/silent";
        scene.values["admin/batches/{id:guid}/change"] = $"/admin/batches/{one.BatchId}/change";
        scene.values["admin/batches/{id:guid}/ratings"] = $"/admin/batches/{one.BatchId}/ratings";
        scene.values["admin/accounts/{id:guid}"] = $"/admin/accounts/{users[0].Id}";
        scene.values["admin/organisations/{id:guid}"] = $"/admin/organisations/{one.CityId}";
        scene.values["admin/organisations/{id:guid}/counties/new"] = $"/admin/organisations/{one.CityId}/counties/new";
        scene.values["enterprise/evidence/{id:guid}"] = $"/enterprise/evidence/{await db.Evidence.Where(e => e.EnterpriseId == one.EnterpriseId).Select(e => e.Id).FirstAsync()}";
        scene.values["enterprises/{id:guid}"] = $"/enterprises/{one.EnterpriseId}";
        var held = users.Where(u => scene.Users.ContainsValue(u.UserName)).Select(u => u.ScopeId).OfType<Guid>().ToList();
        scene.values["title"] = (await db.Certificates.Where(c => !held.Contains(c.EnterpriseId)).Select(c => c.Id).FirstAsync()).ToString();
        var (member, paper) = await EvidenceAsync(db, [.. held, .. seats.OfType<Guid>()]);
        scene.values["member"] = member.ToString();
        scene.values["experts/{id:guid}"] = $"/experts/{member}";
        scene.values["experts/{id:guid}/files/{fileId:guid}"] = $"/experts/{member}/files/{paper}";
        scene.values["batches/{id:guid}"] = $"/batches/{one.BatchId}";
        scene.values["{fileId:guid}"] = (await db.Attachments.Where(a => a.CaseId == one.Id).Select(a => a.Id).FirstAsync()).ToString();
        scene.values["{uploadId:guid}"] = (await UploadAsync(db, one)).ToString();
        scene.values["{otherId:guid}"] = (await PairAsync(db, one)).ToString();
        scene.values["{slug}"] = await db.Notices.Select(n => n.Slug).FirstAsync();
        scene.values["{number}"] = await db.Certificates.Select(c => c.Number).FirstAsync();
        scene.values["batch"] = one.BatchId.ToString();
        scene.values["draw"] = panel.First(r => r.DrawId is not null).DrawId.ToString()!;
        var assignment = await AssignmentAsync(db, one);
        scene.values["assignment"] = assignment.ToString();
        scene.values["assignments/{id:guid}"] = $"/assignments/{assignment}";
        scene.values["assignments/{id:guid}/files/{caseId:guid}"] = $"/assignments/{assignment}/files/{one.Id}";
        scene.values["meeting"] = (await db.Meetings.Where(m => m.BatchId == one.BatchId).Select(m => m.Id).FirstAsync()).ToString();
        scene.values["work-item"] = (await db.WorkItems.Where(w => w.CaseId == one.Id && w.ClosedAt == null).Select(w => w.Id).FirstAsync()).ToString();
        return scene;
    });

    public string Fill(string template)
    {
        if (values.TryGetValue(template, out var whole))
        {
            return whole;
        }

        var id = template.Contains("work-items", StringComparison.Ordinal) ? values["work-item"]
            : template.Contains("titles/", StringComparison.Ordinal) ? values["title"]
            : template.Contains("v1/assignments", StringComparison.Ordinal) ? values["assignment"]
            : template.Contains("v1/experts", StringComparison.Ordinal) ? values["member"]
            : template.Contains("v1/batches", StringComparison.Ordinal) ? values["batch"]
            : template.Contains("draws/", StringComparison.Ordinal) ? values["draw"]
            : template.Contains("meetings/", StringComparison.Ordinal) ? values["meeting"]
            : CaseId.ToString();
        return "/" + template.Replace("{id:guid}", id, StringComparison.Ordinal)
            .Replace("{caseId:guid}", CaseId.ToString(), StringComparison.Ordinal)
            .Replace("{fileId:guid}", values["{fileId:guid}"], StringComparison.Ordinal)
            .Replace("{uploadId:guid}", values["{uploadId:guid}"], StringComparison.Ordinal)
            .Replace("{otherId:guid}", values["{otherId:guid}"], StringComparison.Ordinal)
            .Replace("{section?}", "centre", StringComparison.Ordinal)
            .Replace("{section}", "ip", StringComparison.Ordinal)
            .Replace("{field}", "licence", StringComparison.Ordinal)
            .Replace("{table}", "equipment", StringComparison.Ordinal)
            .Replace("{list}", "industries", StringComparison.Ordinal)
            .Replace("{key}", "one-enterprise-one-technology", StringComparison.Ordinal)
            .Replace("{act}", "suspend", StringComparison.Ordinal)
            .Replace("{id}", "one-enterprise-one-technology.case.v1", StringComparison.Ordinal)
            .Replace("{slug}", values["{slug}"], StringComparison.Ordinal)
            .Replace("{number}", values["{number}"], StringComparison.Ordinal)
            .Replace("{code:int}", "404", StringComparison.Ordinal)
            .Replace("{part:regex(^(home|notice|certificate|login)$)}", "home", StringComparison.Ordinal);
    }

    public static string Unknown(string template) => "/" + template
        .Replace("{id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
        .Replace("{caseId:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
        .Replace("{fileId:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
        .Replace("{uploadId:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
        .Replace("{otherId:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
        .Replace("{section?}", "centre", StringComparison.Ordinal);

    /// <summary>An earlier application that shares words with the case.</summary>
    private static async Task<Guid> PairAsync(ApplicationsDbContext db, Domain.Cases.Application one)
    {
        if (await db.SimilarPairs.FirstOrDefaultAsync(p => p.CaseId == one.Id) is { } there)
        {
            return there.OtherId;
        }

        var other = await db.Applications.Where(a => a.FilingRound == 1 && a.Id != one.Id).Select(a => a.Id).FirstAsync();
        db.SimilarPairs.Add(new SimilarPair { CaseId = one.Id, OtherId = other, Round = one.FilingRound, OtherRound = 1, IsOwn = false, Characters = 80, Version = Guid.NewGuid() });
        await db.SaveChangesAsync();
        return other;
    }

    /// <summary>An upload of the owner's that has not arrived.</summary>
    private static async Task<Guid> UploadAsync(ApplicationsDbContext db, Domain.Cases.Application one)
    {
        var upload = new Domain.Cases.Upload
        {
            Id = Guid.CreateVersion7(),
            CaseId = one.Id,
            FieldKey = "licence",
            FileName = "a.pdf",
            Size = 10,
            UserId = Guid.NewGuid(),
            StartedAt = one.CreatedAt,
            ExpiresAt = one.CreatedAt.AddYears(10),
        };
        db.Uploads.Add(upload);
        await db.SaveChangesAsync();
        return upload.Id;
    }

    /// <summary>An assignment of the case to three experts that was proposed and taken back.</summary>
    private static async Task<Guid> AssignmentAsync(ApplicationsDbContext db, Domain.Cases.Application one)
    {
        if (await db.Assignments.FirstOrDefaultAsync(a => a.Number == OwnNumber) is { } there)
        {
            return there.Id;
        }

        var order = new AssignmentOrder { SessionOn = new DateOnly(2026, 11, 20), PerFile = 3 };
        var snapshot = new AssignmentSnapshot(
            [new AssignedFile(one.Id.ToString("N"), one.Number ?? string.Empty, one.EnterpriseName, "370100", "C34", "机床")],
            [.. (await db.Experts.OrderBy(e => e.Id).Take(6).ToListAsync()).Select(e => new AssignableExpert(e.Id.ToString("N"), e.Name, $"单位{e.Id:N}", e.CityCode, e.Category, e.FieldList, [], 0))], [], []);
        var plan = new AssignmentPlan(order, snapshot);
        var assignment = new FileAssignment
        {
            Id = Guid.CreateVersion7(),
            BatchId = one.BatchId,
            Round = ReviewRound.Default,
            Number = OwnNumber,
            Title = "试",
            Order = order,
            Cases = [one.Id],
            SessionOn = order.SessionOn,
            NumberKey = Guid.NewGuid(),
            RequestedBy = Guid.NewGuid(),
            RequestedByName = "某",
            RequestedAt = one.CreatedAt,
            Version = Guid.NewGuid(),
        };
        assignment.Propose(AssignmentRecord.Of(assignment.Number, assignment.Title, order, snapshot, plan.Seed, plan.Solve(), one.CreatedAt));
        assignment.Withdraw("试");
        db.Assignments.Add(assignment);
        await db.SaveChangesAsync();
        return assignment.Id;
    }

    /// <summary>A document of an expert who is nobody in the scene.</summary>
    private static async Task<(Guid ExpertId, Guid FileId)> EvidenceAsync(ApplicationsDbContext db, List<Guid> present)
    {
        if (await db.ExpertFiles.FirstOrDefaultAsync(f => !present.Contains(f.ExpertId)) is { } there)
        {
            return (there.ExpertId, there.Id);
        }

        var expert = await db.Experts.Where(e => !present.Contains(e.Id)).OrderByDescending(e => e.Id).Select(e => e.Id).FirstAsync();
        var content = await db.Attachments.Select(a => a.Sha256).FirstAsync();
        var file = new ExpertFile { Id = Guid.NewGuid(), ExpertId = expert, FileName = "职称证书.pdf", ContentType = "application/pdf", Size = 1, Sha256 = content, AddedAt = DateTime.UtcNow, AddedBy = "x" };
        db.ExpertFiles.Add(file);
        await db.SaveChangesAsync();
        return (expert, file.Id);
    }

    private void Add(string kind, string? user)
    {
        if (user is not null)
        {
            Users[kind] = user;
        }
    }
}
