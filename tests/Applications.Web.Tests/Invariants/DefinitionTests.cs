using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Invariants;

/// <summary>Invariant 3: what is published stays as it is; a change is a new version, and running cases keep theirs.</summary>
public sealed class DefinitionTests : IDisposable
{
    private const string Key = "one-enterprise-one-technology";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("applications-definitions-");

    public DefinitionTests() => Copy(new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "workflows")), folder);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Start_FileChangedUnderItsVersion_IsRefusedWithTheReason()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        foreach (var file in new[] { "case.workflow.json", "batch.workflow.json", "title.workflow.json", "form.json", "programme.json", "rubric.json" })
        {
            Change(file, text => text + "\n ");

            var refused = Assert.ThrowsAny<Exception>(() => host.StartTwin(Folder));

            var reason = Assert.IsType<DefinitionException>(refused.GetBaseException());
            Assert.Contains(file, reason.Message, StringComparison.Ordinal);
            Assert.Contains("already published", reason.Message, StringComparison.Ordinal);
            Change(file, text => text[..^2]);
        }
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Start_NewVersion_IsTakenByNewBatchesAndLeavesRunningCasesOnTheirs(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        await using var host = await AppHost.StartAsync(provider);
        var draft = (await Drafts.MakeAsync(host, 1, submit: true))[0];
        var oldTitle = await host.InScopeAsync((_, db) => db.Applications.Where(a => a.Id == draft.CaseId).Select(a => a.StageTitle).SingleAsync());
        Change("case.workflow.json", text => text.Replace($"{Key}.case.v1", $"{Key}.case.v2", StringComparison.Ordinal).Replace(oldTitle, "市级复核", StringComparison.Ordinal));
        await using var next = host.StartTwin(Folder);

        // The running case is sent round once more: every step it makes is still one of the old version.
        var city = await FormClient.SignInAsync(next, "shi02");
        await city.PostAsync(await city.GetAsync($"/cases/{draft.CaseId}"), "#decide", ("Outcome", "Return"), ("Reason", "请补充。"));
        var enterprise = await FormClient.SignInAsync(next, draft.UserName);
        var receipt = await enterprise.PostAsync(await enterprise.GetAsync($"/cases/{draft.CaseId}/submit"), "form.card");
        Assert.True(receipt.Body!.TextContent.Contains("申报回执", StringComparison.Ordinal), receipt.QuerySelector("main")!.TextContent);
        var old = await next.InScopeAsync((_, db) => db.Applications.AsNoTracking().SingleAsync(a => a.Id == draft.CaseId));
        Assert.Equal($"{Key}.case.v1", old.State.DefinitionId);
        Assert.Equal(oldTitle, old.StageTitle);

        var batch = await NewBatchAsync(next, draft.BatchId);
        await next.InScopeAsync((_, db) => db.Batches.Where(b => b.Id == draft.BatchId).ExecuteUpdateAsync(s => s.SetProperty(b => b.FilingClosesAt, b => b.OpensAt)));
        var fresh = (await Drafts.MakeAsync(next, 1, submit: true))[0];
        var taken = await next.InScopeAsync((_, db) => db.Applications.AsNoTracking().SingleAsync(a => a.Id == fresh.CaseId));
        Assert.Equal(batch, taken.BatchId);
        Assert.Equal($"{Key}.case.v2", taken.State.DefinitionId);
        Assert.Equal("市级复核", taken.StageTitle);
    }

    private AppHostOptions Folder => new() { Quiet = true, Settings = new Dictionary<string, string> { ["Storage:Workflows"] = folder.FullName } };

    private static Task<Guid> NewBatchAsync(AppHost host, Guid like) => host.InScopeAsync(async (services, db) =>
    {
        var edition = services.GetRequiredService<DefinitionCatalog>().Editions[Key];
        var flow = services.GetRequiredService<WorkflowHost>();
        var old = await db.Batches.AsNoTracking().SingleAsync(b => b.Id == like);
        var batch = new Batch
        {
            Id = Guid.CreateVersion7(),
            ProgrammeKey = Key,
            Name = "新版批次",
            Year = old.Year,
            DocumentNumber = "新版〔1〕号",
            RuleSetId = old.RuleSetId,
            OpensAt = flow.Now.AddMinutes(-1),
            FilingClosesAt = flow.Now.AddDays(10),
            RecommendationClosesAt = flow.Now.AddDays(20),
            CaseDefinitionId = edition.CaseFlow.Id,
            BatchDefinitionId = edition.BatchFlow.Id,
            FormId = Ids.Of(edition.Form),
            RubricId = Ids.Of(edition.Rubric),
            ProgrammeId = Ids.Of(edition.Programme),
            Version = Guid.NewGuid(),
        };
        db.Batches.Add(batch);
        await flow.StartAsync(FlowSubjects.Of(batch), batch.BatchDefinitionId, new Actor(null, "王经办", Roles.Officer, null), "发布", CancellationToken.None);
        await db.SaveChangesAsync();
        return batch.Id;
    });

    private void Change(string file, Func<string, string> change)
    {
        var path = Path.Combine(folder.FullName, Key, file);
        var before = File.ReadAllText(path);
        var after = change(before);
        Assert.NotEqual(before, after);
        File.WriteAllText(path, after);
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.GetFiles())
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var inner in from.GetDirectories())
        {
            Copy(inner, to.CreateSubdirectory(inner.Name));
        }
    }
}
