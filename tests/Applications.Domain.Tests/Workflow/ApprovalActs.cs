using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;

namespace Applications.Domain.Tests.Workflow;

/// <summary>All that people may do to a case besides deciding its items. At most one added signer a place, so that the states stay few.</summary>
internal static class ApprovalActs
{
    public static IEnumerable<Act> Of(WorkflowDefinition definition, WorkflowState state, WorkflowContext world)
    {
        if (state.IsFinished)
        {
            yield break;
        }

        yield return new("terminate", s => Approvals.Terminate(definition, s, world));
        if (state.IsSuspended)
        {
            yield return new("resume", s => Approvals.Resume(definition, s, world));
            yield break;
        }

        yield return new("suspend", s => Approvals.Suspend(s, world));
        foreach (var undo in state.Undos)
        {
            yield return new($"recall {undo.Activity}", s => Approvals.Recall(definition, s, undo.Token, world));
        }

        foreach (var token in state.Tokens)
        {
            foreach (var act in At(definition, state, token, world))
            {
                yield return act;
            }
        }
    }

    private static IEnumerable<Act> At(WorkflowDefinition definition, WorkflowState state, Token token, WorkflowContext world)
    {
        foreach (var signer in token.OpenSigners())
        {
            yield return new($"{token.Activity}: signer agrees", s => Approvals.Sign(definition, s, token.Id, signer.Key, Approvals.Agree, world));
            yield return new($"{token.Activity}: signer objects", s => Approvals.Sign(definition, s, token.Id, signer.Key, Approvals.Object, world));
        }

        if (definition.Get(token.Activity).Settings is not WorkItemSettings settings || token.Chosen is not null)
        {
            yield break;
        }

        foreach (var target in settings.SendBackTo.Where(t => state.Uses.Keys.Any(k => k.StartsWith(t + ":", StringComparison.Ordinal))))
        {
            yield return new($"{token.Activity} back to {target}", s => Approvals.SendBack(definition, s, token.Id, settings.Role, target, world));
        }

        foreach (var position in token.Signers.IsEmpty && settings.Role != Roles.Applicant ? Enum.GetValues<SignerPosition>() : [])
        {
            yield return new($"{token.Activity}: {position} signer", s => Approvals.AddSigner(definition, s, token.Id, settings.Role, "extra", position, world));
        }
    }
}
