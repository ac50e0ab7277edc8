using Applications.Data;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Mono.Cecil;

namespace Applications.Web.Tests.Invariants;

/// <summary>Invariant 2 and the line of three, read from the compiled program: nobody moves a case but the workflow host.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] Layers = [typeof(Application).Assembly.Location, typeof(ApplicationsDbContext).Assembly.Location, typeof(Program).Assembly.Location];

    public static TheoryData<string, string> Moves => new()
    {
        { typeof(Application).FullName!, nameof(Application.Stand) },
        { typeof(Batch).FullName!, nameof(Batch.Stand) },
        { typeof(Batch).FullName!, nameof(Batch.NoteSignal) },
        { typeof(WorkItem).FullName!, nameof(WorkItem.Close) },
        { "Applications.Domain.Workflow.WorkflowEngine", "Start" },
        { "Applications.Domain.Workflow.WorkflowEngine", "Complete" },
        { "Applications.Domain.Workflow.WorkflowEngine", "Answer" },
        { "Applications.Domain.Workflow.WorkflowEngine", "Enlist" },
        { "Applications.Domain.Workflow.WorkflowEngine", "Signal" },
        { "Applications.Domain.Workflow.WorkflowEngine", "TimeOut" },
        { "Applications.Domain.Workflow.Versions.MigrationPlanner", "Plan" },
    };

    [Theory]
    [MemberData(nameof(Moves))]
    public void Move_OfACaseOrBatch_IsCalledByTheWorkflowHostOnly(string type, string method)
    {
        // A rehearsal asks the engine too, of cases that do not exist.
        var callers = Layers.SelectMany(Callers).Where(c => c.Type == type && c.Method == method).Select(c => c.Caller).Distinct()
            .Where(c => !c.StartsWith("Applications.Domain.Workflow.Rehearsal.", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(callers);
        Assert.All(callers, caller => Assert.StartsWith("Applications.Data.Workflow.", caller, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Applications.Domain", "Applications.Data", "Applications.Web", "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Extensions.Hosting", "System.Net.Http")]
    [InlineData("Applications.Data", "Applications.Web", "Microsoft.AspNetCore.Mvc", "Hangfire", "MailKit")]
    public void Layer_References_NothingAboveItAndNothingFromOutside(string layer, params string[] forbidden)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(Layers.Single(l => Path.GetFileNameWithoutExtension(l) == layer));

        Assert.DoesNotContain(assembly.MainModule.AssemblyReferences, r => forbidden.Any(f => r.Name.StartsWith(f, StringComparison.Ordinal)));
    }

    [Fact]
    public void Domain_Clock_IsTheTimeProviderOnly()
    {
        string[] wallClocks = ["get_Now", "get_UtcNow", "get_Today"];

        Assert.DoesNotContain(Layers.SelectMany(Callers), c => c.Type is "System.DateTime" or "System.DateTimeOffset" && wallClocks.Contains(c.Method));
    }

    [Fact]
    public void Handlers_NeverSaveThemselves()
    {
        var savers = Callers(Layers[2]).Where(c => c.Method is "SaveChangesAsync" or "SaveChanges" && c.Caller.EndsWith("Handler", StringComparison.Ordinal)).ToList();

        Assert.Empty(savers);
    }

    /// <summary>Every call in an assembly, with the outermost type that makes it (a lambda or an async method is a type of its own).</summary>
    private static List<(string Caller, string Type, string Method)> Callers(string path)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(path);
        return [.. assembly.MainModule.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody)
            .SelectMany(m => m.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>()
                .Select(called => (Outermost(m.DeclaringType).FullName, called.DeclaringType.GetElementType().FullName, called.Name)))];
    }

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
