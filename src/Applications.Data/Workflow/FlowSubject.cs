using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Workflow;

namespace Applications.Data.Workflow;

/// <summary>What has a flow: a case or a batch. Lets the host treat both alike.</summary>
public abstract class FlowSubject(Batch batch)
{
    public Batch Batch => batch;

    public virtual Application? Case => null;

    public abstract Guid Id { get; }

    public bool IsBatch => Case is null;

    /// <summary>What work items call it.</summary>
    public abstract string Title { get; }

    public abstract WorkflowState State { get; }

    public abstract int JournalLength { get; set; }

    public abstract string JournalHead { get; set; }

    public abstract void Stand(WorkflowState state, Standing standing);

    /// <summary>Whose desk a role's work lands on for this subject.</summary>
    public abstract string HolderFor(string role);
}

internal sealed class CaseSubject(Application application, Batch batch) : FlowSubject(batch)
{
    public override Application Case => application;

    public override Guid Id => application.Id;

    public override string Title => application.EnterpriseName;

    public override WorkflowState State => application.State;

    public override int JournalLength
    {
        get => application.JournalLength;
        set => application.JournalLength = value;
    }

    public override string JournalHead
    {
        get => application.JournalHead;
        set => application.JournalHead = value;
    }

    public override void Stand(WorkflowState state, Standing standing)
    {
        application.Stand(state, standing);
        application.Version = Guid.NewGuid();
    }

    public override string HolderFor(string role) => role switch
    {
        Roles.Applicant => Actor.HolderOf(role, application.EnterpriseId),
        Roles.County => Actor.HolderOf(role, application.CountyId),
        Roles.City => Actor.HolderOf(role, application.CityId),
        _ => role,
    };
}

internal sealed class BatchSubject(Batch batch) : FlowSubject(batch)
{
    public override Guid Id => Batch.Id;

    public override string Title => Batch.Name;

    public override WorkflowState State => Batch.State;

    public override int JournalLength
    {
        get => Batch.JournalLength;
        set => Batch.JournalLength = value;
    }

    public override string JournalHead
    {
        get => Batch.JournalHead;
        set => Batch.JournalHead = value;
    }

    public override void Stand(WorkflowState state, Standing standing)
    {
        Batch.Stand(state, standing);
        Batch.Version = Guid.NewGuid();
    }

    public override string HolderFor(string role) => role;
}

/// <summary>Makes subjects for those outside the host.</summary>
public static class FlowSubjects
{
    /// <param name="application">The case, or null when the batch itself is meant.</param>
    public static FlowSubject Of(Application? application, Batch batch) => application is null ? new BatchSubject(batch) : new CaseSubject(application, batch);
}
