using System.Text.Json;

namespace Applications.Domain.Workflow;

/// <summary>
/// What stands in a definition and would make Elsa do something else than this engine, which does not know it. Found by running both
/// (<c>tests/Applications.ElsaHost</c>).
/// </summary>
internal static class ElsaTraps
{
    /// <summary>Keeps a variable with the instance, as this engine keeps it with the state.</summary>
    public const string StorageDriver = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core";

    /// <summary>Why <paramref name="activity"/> cannot be accepted; empty when it can.</summary>
    public static IEnumerable<string> Of(JsonElement activity)
    {
        if (activity.TryGetProperty("version", out var version) && !(version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) && number == 1))
        {
            yield return "The activity's version must be 1: Elsa finds no other.";
        }

        if (!activity.TryGetProperty("customProperties", out var custom) || custom.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        if (custom.TryGetProperty("mergeMode", out var mode) && mode.ValueKind != JsonValueKind.Null)
        {
            yield return "'mergeMode' is outside the subset: branches come together in an Elsa.FlowJoin.";
        }

        if (custom.TryGetProperty("runAsynchronously", out var aside) && aside.ValueKind is not (JsonValueKind.False or JsonValueKind.Null))
        {
            yield return "'runAsynchronously' is outside the subset: what a decision causes is done with it or not at all.";
        }
    }
}
