using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Titles;
using Applications.Domain.Workflow;

namespace Applications.Data.Workflow;

/// <summary>What has a flow: a case, a batch or a title. Lets the host treat them alike.</summary>
public abstract class FlowSubject(Batch batch)
{
    public Batch Batch => batch;

    public virtual Application? Case => null;

    public abstract Guid Id { get; }

    /// <summary>The title, when it is one that moves; <see cref="Case"/> is then the case it came from.</summary>
    public virtual Certificate? Certificate => null;

    /// <summary>Where it stands, in words.</summary>
    public abstract string StandsAt { get; }

    public bool IsBatch => Case is null;

    /// <summary>What work items call it.</summary>
    public abstract string Title { get; }

    public abstract WorkflowState State { get; }

    public abstract int JournalLength { get; set; }

    public abstract string JournalHead { get; set; }

    public abstract void Stand(WorkflowState state, Standing standing);

    /// <summary>Whose desk a role's work lands on for this subject.</summary>
    public abstract string HolderFor(string role);

    private protected static string HolderFor(Application application, string role) => role switch
    {
        Roles.Applicant => Actor.HolderOf(role, application.EnterpriseId),
        Roles.County => Actor.HolderOf(role, application.CountyId),
        Roles.City => Actor.HolderOf(role, application.CityId),
        _ => role,
    };
}

internal sealed class CaseSubject(Application application, Batch batch) : FlowSubject(batch)
{
    public override Application Case => application;

    public override Guid Id => application.Id;

    public override string StandsAt => application.StageTitle;

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

    public override string HolderFor(string role) => HolderFor(application, role);
}

internal sealed class TitleSubject(Certificate certificate, Application application, Batch batch) : FlowSubject(batch)
{
    public override Application Case => application;

    public override Certificate Certificate => certificate;

    public override Guid Id => certificate.Id;

    public override string Title => certificate.EnterpriseName;

    public override string StandsAt => certificate.StageTitle;

    public override WorkflowState State => certificate.State!;

    public override int JournalLength
    {
        get => certificate.JournalLength;
        set => certificate.JournalLength = value;
    }

    public override string JournalHead
    {
        get => certificate.JournalHead;
        set => certificate.JournalHead = value;
    }

    public override void Stand(WorkflowState state, Standing standing)
    {
        certificate.Stand(state, standing);
        certificate.Version = Guid.NewGuid();
    }

    public override string HolderFor(string role) => HolderFor(application, role);
}

internal sealed class BatchSubject(Batch batch) : FlowSubject(batch)
{
    public override Guid Id => Batch.Id;

    public override string StandsAt => Batch.StageTitle;

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
    public static FlowSubject Of(Batch batch) => new BatchSubject(batch);

    /// <param name="application">The case, or null when the batch itself is meant.</param>
    public static FlowSubject Of(Application? application, Batch batch) => application is null ? new BatchSubject(batch) : new CaseSubject(application, batch);
}
