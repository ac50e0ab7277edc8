using System.Security.Cryptography;
using System.Text;
using Applications.Data.Commands;
using Applications.Data.Mappings;
using Applications.Data.Outbox;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data.Workflow;

/// <summary>
/// Publishes workflow versions while the system runs, and disables them. Changes tracked rows; the command that called it saves. Other nodes read a version
/// when they first meet it (<see cref="DefinitionCatalog"/>).
/// </summary>
public sealed class VersionPublisher(ApplicationsDbContext db, TimeProvider clock)
{
    /// <summary>Far more than any chart that a person can read.</summary>
    public const int LongestText = 1_000_000;

    private const int LongestOutcome = 40;

    /// <summary>SHA-256 over the text. Line ends are not content: a checkout on another system must not look like a change.</summary>
    public static string HashOf(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json.ReplaceLineEndings("\n"))));
    }

    /// <summary>Reads <paramref name="json"/> as strictly as the folders are read.</summary>
    /// <param name="json">An Elsa workflow definition.</param>
    /// <param name="file">Named in problems.</param>
    /// <exception cref="DefinitionException">With every problem found, by activity.</exception>
    public static WorkflowDefinition Check(string json, string file)
    {
        var definition = WorkflowLoader.Load(json, file, Vocabulary.Known);
        var problems = Lengths(definition).Select(p => new DefinitionProblem(file, p.Place, p.Reason)).ToList();
        return problems.Count == 0 ? definition : throw new DefinitionException(problems);
    }

    /// <summary>The version that <paramref name="definition"/> would follow, or null when this very text was published before. Changes nothing.</summary>
    /// <exception cref="RuleBrokenException"><c>unknown-workflow</c>, <c>already-published</c>, <c>version-not-higher</c>.</exception>
    public async Task<DefinitionRow?> PredecessorAsync(WorkflowDefinition definition, string json, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (await db.Definitions.AsNoTracking().SingleOrDefaultAsync(d => d.Id == definition.Id, ct) is { } present)
        {
            return present.ContentHash == HashOf(json)
                ? null
                : throw new RuleBrokenException("already-published", $"版本标识“{definition.Id}”已经发布，内容与上传的不同。已发布的版本不能修改，请改用新的 id 和更大的 version。", "Document");
        }

        var newest = await db.Definitions.Where(d => d.DefinitionId == definition.DefinitionId)
            .OrderByDescending(d => d.Number).ThenByDescending(d => d.PublishedAt).FirstOrDefaultAsync(ct)
            ?? throw new RuleBrokenException("unknown-workflow", $"没有名为“{definition.DefinitionId}”的流程。新流程随专项文件夹建立，这里只发布已有流程的新版本。", "Document");
        return definition.Version > newest.Number
            ? newest
            : throw new RuleBrokenException("version-not-higher", $"version 应大于最新版本号 {newest.Number}，上传的是 {definition.Version}。", "Document");
    }

    /// <summary>Publishes the version that <paramref name="json"/> describes. True when it is new; false when this very text was published before.</summary>
    /// <exception cref="RuleBrokenException">As <see cref="PredecessorAsync"/>.</exception>
    public async Task<bool> PublishAsync(WorkflowDefinition definition, string json, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(actor);
        if (await PredecessorAsync(definition, json, ct) is not { } newest)
        {
            return false;
        }

        // Two who publish at the same moment collide here, and the second is told.
        newest.Version = Guid.NewGuid();
        db.Definitions.Add(new DefinitionRow
        {
            Id = definition.Id,
            Kind = "workflow",
            ProgrammeKey = newest.ProgrammeKey,
            ContentHash = HashOf(json),
            Json = json,
            PublishedAt = UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime),
            PublishedBy = actor.Name,
            DefinitionId = definition.DefinitionId,
            Number = definition.Version,
            Name = definition.Name,
            Version = Guid.NewGuid(),
        });
        return true;
    }

    /// <summary>From now on no new batch takes the version, or may take it again. Running cases keep theirs either way.</summary>
    /// <exception cref="NotFoundException">There is no such workflow version.</exception>
    /// <exception cref="StaleVersionException">Somebody else was first.</exception>
    public async Task SwitchAsync(string id, Guid seen, bool disabled, CancellationToken ct)
    {
        var row = await db.Definitions.SingleOrDefaultAsync(d => d.Id == id && d.Kind == "workflow", ct) ?? throw new NotFoundException();
        StaleVersionException.ThrowIfStale(seen, row.Version, "该流程版本");
        row.DisabledAt = disabled ? UtcMilliseconds.Cut(clock.GetUtcNow().UtcDateTime) : null;
        row.Version = Guid.NewGuid();
    }

    /// <summary>What the database could not keep of a case that runs on this version is refused before a case gets there.</summary>
    private static IEnumerable<(string Place, string Reason)> Lengths(WorkflowDefinition definition)
    {
        if (definition.Id.Length > Columns.Key || definition.Id.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_')))
        {
            yield return ("id", $"An id is made of letters, digits, '.', '-' and '_' and is at most {Columns.Key} long.");
        }

        if (definition.Name.Length > Columns.Name)
        {
            yield return ("name", $"A name is at most {Columns.Name} long.");
        }

        foreach (var activity in definition.Activities)
        {
            if (activity.Id.Length > Columns.Key || activity.Title.Length > Columns.Name)
            {
                yield return (activity.Id, $"An id is at most {Columns.Key} and a title at most {Columns.Name} long.");
            }

            foreach (var port in activity.Ports.Where(p => p.Length > LongestOutcome))
            {
                yield return (activity.Id, $"Outcome '{port}' is longer than {LongestOutcome}.");
            }
        }
    }
}
