using System.Text.Json.Nodes;
using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Outbox;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Applications.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Invariants;

/// <summary>
/// Cases on a small chart that has everything difficult at once: a limit of 400 working days, a loop, a fork with a loop in one branch and a return out of the
/// other, a countersignature and a gate. Driven through the real host on a real database.
/// </summary>
internal sealed class FlowLab(AppHost host, Guid batchId, IReadOnlyDictionary<string, AppUser> users)
{
    public const string DefinitionId = "lab.case.v1";

    public AppHost Host => host;

    public Guid BatchId => batchId;

    public static async Task<FlowLab> OpenAsync(AppHost host)
    {
        var users = await host.InScopeAsync(async (_, db) => (await db.Users.AsNoTracking().Where(u => u.UserName == "jingban" || u.UserName == "chuzhang" || u.UserName == "tingling").ToListAsync())
            .ToDictionary(u => u.Role));
        var batch = await host.InScopeAsync(async (services, db) =>
        {
            var like = await db.Batches.AsNoTracking().FirstAsync(b => b.ProgrammeKey == "one-enterprise-one-technology");
            if (!await db.Definitions.AnyAsync(d => d.Id == DefinitionId))
            {
                var json = Chart();
                db.Definitions.Add(new DefinitionRow
                {
                    Id = DefinitionId,
                    Kind = "workflow",
                    ProgrammeKey = like.ProgrammeKey,
                    ContentHash = VersionPublisher.HashOf(json),
                    Json = json,
                    PublishedAt = DateTime.UtcNow,
                    DefinitionId = "lab.case",
                    Number = 1,
                    Name = "lab",
                });
            }

            var batch = new Batch
            {
                Id = Guid.CreateVersion7(),
                ProgrammeKey = like.ProgrammeKey,
                Name = "lab",
                Year = like.Year,
                DocumentNumber = "lab",
                RuleSetId = like.RuleSetId,
                OpensAt = DateTime.UtcNow.AddDays(-1),
                FilingClosesAt = DateTime.UtcNow.AddDays(30),
                RecommendationClosesAt = DateTime.UtcNow.AddDays(60),
                CaseDefinitionId = DefinitionId,
                BatchDefinitionId = like.BatchDefinitionId,
                FormId = like.FormId,
                RubricId = like.RubricId,
                ProgrammeId = like.ProgrammeId,
            };
            db.Batches.Add(batch);
            await services.GetRequiredService<WorkflowHost>().StartAsync(FlowSubjects.Of(batch), batch.BatchDefinitionId, Actor.System, "发布", CancellationToken.None);
            await db.SaveChangesAsync();
            return batch.Id;
        });
        return new FlowLab(host, batch, users);
    }

    /// <summary>A new case at its first step.</summary>
    public async Task<Guid> StartAsync() => await host.InScopeAsync(async (services, db) =>
    {
        var (application, batch) = (await NewCaseAsync(db), await BatchAsync(db));
        await services.GetRequiredService<WorkflowHost>().StartAsync(FlowSubjects.Of(application, batch), batch.CaseDefinitionId, As(Roles.Officer), "开始", CancellationToken.None);
        await db.SaveChangesAsync();
        return application.Id;
    });

    public async Task<Application> NewCaseAsync(ApplicationsDbContext db)
    {
        var enterprise = await db.Enterprises.AsNoTracking().FirstAsync();
        var application = new Application
        {
            Id = Guid.CreateVersion7(),
            BatchId = batchId,
            EnterpriseId = enterprise.Id,
            CityId = enterprise.CityId,
            EnterpriseName = enterprise.Name,
            CityName = "lab",
            CreatedAt = DateTime.UtcNow,
        };
        db.Applications.Add(application);
        return application;
    }

    public Actor As(string role) => users[role].ToActor();

    public Guid UserId(string role) => users[role].Id;

    /// <summary>One unit of work on a case, saved at the end.</summary>
    public Task MoveAsync(Guid id, Func<IServiceProvider, FlowSubject, Task> act) => host.InScopeAsync(async (services, db) =>
    {
        var application = await db.Applications.SingleAsync(a => a.Id == id);
        await act(services, FlowSubjects.Of(application, await BatchAsync(db)));
        return await db.SaveChangesAsync();
    });

    public Task CompleteAsync(Guid id, int token, string role, string outcome) => MoveAsync(id, (services, subject) =>
        services.GetRequiredService<WorkflowHost>().CompleteAsync(subject, token, outcome, As(role), null, CancellationToken.None));

    public Task<WorkflowState> StateAsync(Guid id) => host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == id).Select(a => a.State).SingleAsync());

    public async Task<int> TokenAsync(Guid id, string activity) => (await StateAsync(id)).Tokens.Single(t => t.Activity == activity).Id;

    /// <summary>What must be true of a case in the database whatever was done to it: rows and state say the same, nothing is doubled, the story is whole.</summary>
    public Task CheckAsync(Guid id, string after) => host.InScopeAsync(async (services, db) =>
    {
        var one = await db.Applications.AsNoTracking().SingleAsync(a => a.Id == id);
        var items = await db.WorkItems.AsNoTracking().Where(w => w.CaseId == id).ToListAsync();
        var journal = await db.Journal.AsNoTracking().Where(j => j.SubjectId == id).OrderBy(j => j.Sequence).ToListAsync();
        var definition = services.GetRequiredService<DefinitionCatalog>().Workflow(one.State.DefinitionId);
        var expected = one.State.Tokens.SelectMany(t => definition.Get(t.Activity).Kind is WorkItemKind
            ? t.OpenSigners().Select(s => (t.Id, (string?)s.Key)).Concat(t.Chosen is null ? [(t.Id, null)] : [])
            : t.Participants.Where(p => p.Outcome is null).Select(p => (t.Id, (string?)p.Key)));
        Assert.True(expected.ToHashSet().SetEquals(items.Where(i => i.ClosedAt is null).Select(i => (i.Token, i.Participant))), $"After {after}: open rows and state differ.");
        Assert.True(items.Select(i => (i.Token, i.Participant, Open: i.ClosedAt is null)).Where(i => i.Open).Distinct().Count() == items.Count(i => i.ClosedAt is null), $"After {after}: a row is doubled.");
        Assert.True(Journal.FirstBroken(journal) is null && journal.Count == one.JournalLength, $"After {after}: the journal is broken.");
        Assert.True(one.State.IsFinished == one.Result is not null, $"After {after}: result and state differ.");
        Assert.True(one.State.IsFinished || one.State.Tokens.Any(t => t.Activity == one.Stage), $"After {after}: it stands at {one.Stage}.");
        Assert.All(items.Where(i => i.ClosedAt is null), i => Assert.Equal(one.State.IsSuspended, i.StayedAt is not null));
        return 0;
    });

    private Task<Batch> BatchAsync(ApplicationsDbContext db) => db.Batches.SingleAsync(b => b.Id == batchId);

    private static string Chart()
    {
        var activities = new JsonArray();
        var connections = new JsonArray();
        Add("start", "Elsa.Start");
        Item("check", "officer", """["Pass","Reject"]""", """{ "dueDays": 400, "timeoutOutcome": "Lapsed" }""");
        Add("fork", "Elsa.FlowFork", """{ "branches": ["A","B"] }""");
        Item("consentA", "officer", """["Consent","Fix"]""");
        Item("fixA", "head", """["Fixed"]""");
        Item("consentB", "head", """["Consent"]""", """{ "sendBackTo": ["check"] }""");
        Add("join", "Elsa.FlowJoin", """{ "mode": "WaitAll" }""");
        Add("countersign", "Applications.Countersign", """{ "task": "countersign", "signers": ["officer","head","leader"], "rule": "Quorum", "quorum": 2 }""");
        Add("wait", "Applications.Gate", """{ "gate": "lab" }""");
        Item("sign", "leader", """["Approve","Again"]""");
        Add("over", "Elsa.End");
        Add("rejected", "Elsa.End");
        foreach (var arrow in new[]
        {
            "start > check", "check:Pass > fork", "check:Reject > rejected", "check:Lapsed > rejected", "fork:A > consentA", "fork:B > consentB", "consentA:Fix > fixA", "fixA:Fixed > consentA",
            "consentA:Consent > join", "consentB:Consent > join", "join > countersign", "countersign:Agreed > wait", "countersign:Refused > check", "wait:Open > sign", "sign:Again > check", "sign:Approve > over",
        })
        {
            var ends = arrow.Split(" > ");
            var source = ends[0].Split(':');
            connections.Add(new JsonObject { ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" }, ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" } });
        }

        return new JsonObject
        {
            ["id"] = DefinitionId,
            ["definitionId"] = "lab.case",
            ["name"] = "lab",
            ["version"] = 1,
            ["root"] = new JsonObject { ["type"] = "Elsa.Flowchart", ["id"] = "flow", ["activities"] = activities, ["connections"] = connections },
        }.ToJsonString();

        void Add(string id, string type, string inputs = "{}")
        {
            var activity = JsonNode.Parse(inputs)!.AsObject();
            activity["id"] = id;
            activity["type"] = type;
            activities.Add(activity);
        }

        void Item(string id, string role, string outcomes, string more = "{}")
        {
            Add(id, "Applications.WorkItem", more);
            var item = activities[^1]!.AsObject();
            item["role"] = role;
            item["task"] = Tasks.Check;
            item["outcomes"] = JsonNode.Parse(outcomes);
            var labels = new JsonObject(JsonNode.Parse(outcomes)!.AsArray().Select(o => KeyValuePair.Create(o!.GetValue<string>(), (JsonNode?)JsonValue.Create(o!.GetValue<string>()))));
            item["labels"] = new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = labels.ToJsonString() } };
        }
    }
}
