using Applications.Data;
using Applications.Data.Commands;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Calendars;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Workflow;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Meetings.Show;

/// <summary>What is done at a session. From <see cref="Present"/> on, by staff; <see cref="Begin"/> and <see cref="Close"/> by the leader too.</summary>
public enum MeetingStep
{
    SignIn,
    Draft,
    Write,
    Confirm,
    Dissent,
    Begin,
    Present,
    Absent,
    Elect,
    Close,
    Cancel,
}

/// <param name="Subject">The expert whom staff mark or name, or the file whose turn comes.</param>
/// <param name="Text">Reason or dissent.</param>
/// <param name="Words">The leader's.</param>
/// <param name="IsSure">Hands in although files were never begun.</param>
/// <param name="Version">For staff the session's; for members that of the leader's words.</param>
public sealed record AttendMeeting(Guid Id, MeetingStep Step, Guid? Subject, string? Text, PanelWords Words, Guid Version, Guid IdempotencyKey, bool IsSure = false);

/// <param name="Version">Of the leader's words.</param>
public sealed record MeetingProgress(MeetingState State, Guid Version);

/// <summary>Everything that happens at a session: members sign in, the leader checks and writes, members confirm, the leader closes; staff mark, name the leader, close, call off.</summary>
public sealed class AttendMeetingHandler(ApplicationsDbContext db, WorkflowHost host, CommandPipeline pipeline, PanelSittingQuery sittings)
{
    /// <exception cref="RuleBrokenException">See <see cref="PanelMeeting"/>.</exception>
    public Task<MeetingProgress> HandleAsync(AttendMeeting request, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        return pipeline.RunAsync(actor, request.IdempotencyKey, CommandOf(request.Step), ("meeting", request.Id), c => StepAsync(request, actor, c), ct, request.Text);
    }

    private static string CommandOf(MeetingStep step) => step switch
    {
        MeetingStep.SignIn => "sign-in-meeting",
        MeetingStep.Draft => "draft-opinion",
        MeetingStep.Write => "write-opinion",
        MeetingStep.Confirm or MeetingStep.Dissent => "answer-opinion",
        MeetingStep.Begin => "begin-file",
        MeetingStep.Present or MeetingStep.Absent => "mark-meeting",
        MeetingStep.Elect => "elect-leader",
        MeetingStep.Close => "close-meeting",
        _ => "cancel-meeting",
    };

    private async Task<MeetingProgress> StepAsync(AttendMeeting request, Actor actor, CancellationToken ct)
    {
        var meeting = await db.Meetings.SingleOrDefaultAsync(m => m.Id == request.Id, ct) ?? throw new NotFoundException();
        var sitting = await sittings.ExecuteAsync(meeting.Round, [.. meeting.Agenda.Select(a => a.CaseId)], ct);
        meeting.Follow(sitting.Members, sitting.Stepped);
        var isStaff = request.Step is MeetingStep.Begin or MeetingStep.Close ? actor.Is(Roles.Officer) : request.Step >= MeetingStep.Present;
        if (isStaff ? !actor.Is(Roles.Officer) : !actor.Is(Roles.Expert) || meeting.Find(actor.ScopeId) is null)
        {
            throw new NotFoundException();
        }

        // To come, and to call the next file, hangs on nothing that somebody else may have changed.
        if (request.Step is not (MeetingStep.SignIn or MeetingStep.Begin))
        {
            // Who closes the minutes must have seen the answers, and they do not touch the words.
            var isWhole = isStaff || request.Step == MeetingStep.Close;
            StaleVersionException.ThrowIfStale(request.Version, isWhole ? meeting.Version : meeting.WordsVersion, isWhole ? "会议" : "专家组意见");
        }

        meeting.Version = Guid.NewGuid();
        if (isStaff)
        {
            await DirectAsync(request, meeting, sitting, actor, ct);
        }
        else
        {
            Take(request, meeting, actor.ScopeId!.Value);
        }

        if (meeting.State is MeetingState.Closed or MeetingState.Cancelled)
        {
            await JournalAsync(meeting, isStaff ? actor : Actor.System, ct);
        }

        return new MeetingProgress(meeting.State, meeting.WordsVersion);
    }

    /// <summary>What a member does.</summary>
    private void Take(AttendMeeting request, PanelMeeting meeting, Guid me)
    {
        switch (request.Step)
        {
            case MeetingStep.SignIn:
                meeting.SignIn(me, ChinaTime.DateOf(host.Now), ChinaTime.DateOf(meeting.StartsAt), host.Now);
                break;
            case MeetingStep.Draft:
                meeting.Draft(me, request.Words);
                break;
            case MeetingStep.Write:
                RequireReady(request, meeting);
                meeting.Write(me, request.Words, host.Now);
                break;
            case MeetingStep.Confirm:
                meeting.Answer(me, string.IsNullOrWhiteSpace(request.Text) ? null : throw new RuleBrokenException("dissent-written", "您写了保留意见；要保留请按“提出保留意见”，否则请清空。", "Dissent"), host.Now);
                break;
            case MeetingStep.Dissent:
                meeting.Answer(me, string.IsNullOrWhiteSpace(request.Text) ? throw new RuleBrokenException("reason-required", "请写明保留意见；没有的，请点“同意”。", "Dissent") : request.Text, host.Now);
                break;
            case MeetingStep.Close:
                meeting.Conclude(me, host.Now);
                break;
            default:
                meeting.Begin(meeting.LeaderId == me ? request.Subject ?? Guid.Empty : throw new RuleBrokenException("not-leader", "由组长或会议工作人员操作。"), host.Now);
                break;
        }
    }

    /// <summary>Everything that is missing is told at once; files that were never begun are asked about.</summary>
    private static void RequireReady(AttendMeeting request, PanelMeeting meeting)
    {
        List<ValidationFailure> faults = meeting.IsOpen ? [.. meeting.Lacks(request.Words).Select(f => new ValidationFailure(f.Field ?? string.Empty, f.Message))] : [];
        var idle = meeting.Agenda.Where(a => a.StartedAt is null).Select(a => a.Name).ToList();
        if (idle.Count > 0 && !request.IsSure && meeting.State == MeetingState.Called)
        {
            faults.Add(new ValidationFailure("Sure", $"没有登记开始的项目：{string.Join("、", idle)}。请在“项目顺序”中登记，或在此确认。"));
        }

        if (faults.Count > 0)
        {
            throw new ValidationException(faults);
        }
    }

    /// <summary>What staff do.</summary>
    private async Task DirectAsync(AttendMeeting request, PanelMeeting meeting, PanelSitting sitting, Actor actor, CancellationToken ct)
    {
        var subject = request.Subject ?? Guid.Empty;
        switch (request.Step)
        {
            case MeetingStep.Begin:
                meeting.Begin(subject, host.Now);
                break;
            case MeetingStep.Present or MeetingStep.Absent:
                meeting.Mark(subject, request.Step == MeetingStep.Present, request.Text, actor.Name, host.Now);
                break;
            case MeetingStep.Elect:
                meeting.Elect(subject, sitting.Stepped);
                break;
            case MeetingStep.Close:
                meeting.Close(request.Text, host.Now);
                break;
            default:
                meeting.Cancel(request.Text);
                await db.TellAsync(meeting, null, host.Now, ct);
                break;
        }
    }

    private async Task JournalAsync(PanelMeeting meeting, Actor actor, CancellationToken ct)
    {
        var batch = await db.Batches.SingleAsync(b => b.Id == meeting.BatchId, ct);
        var dissents = meeting.Members.Count(m => m.Dissent is not null);
        var isOff = meeting.State == MeetingState.Cancelled;
        host.Note(
            FlowSubjects.Of(batch), batch.Stage, actor, isOff ? "CancelMeeting" : "CloseMeeting", isOff ? "取消评审会议" : "评审会议结束",
            $"{MeetingWords.Of(meeting.Kind)} {meeting.Number}：{(isOff ? string.Empty : $"应到 {meeting.Members.Count} 人，到会 {meeting.Present.Count()} 人，{(dissents == 0 ? "无保留意见" : $"{dissents} 人有保留意见")}；")}{meeting.Note}".TrimEnd('；'));
    }
}
