using Applications.Domain.Common;

namespace Applications.Domain.Reviews.Meetings;

/// <summary>What a session leads to: the site-check sheet, the panel's opinion and the members' answers to it.</summary>
public sealed partial class PanelMeeting
{
    /// <summary>Keeps the leader's words; nobody else reads them yet.</summary>
    /// <exception cref="RuleBrokenException"><c>not-leader</c>, <c>leader-absent</c>, <c>meeting-closed</c>, <c>not-on-agenda</c>, <c>text-too-long</c>.</exception>
    public void Draft(Guid leader, PanelWords words)
    {
        RequireCalled();
        Keep(leader, words);
    }

    /// <summary>The leader hands in the panel's opinion; his own confirmation is in it. Handing in again asks for every answer anew.</summary>
    /// <exception cref="RuleBrokenException">
    /// <c>not-leader</c>, <c>leader-absent</c>, <c>too-few</c>, <c>meeting-closed</c>, <c>not-on-agenda</c>, <c>points-open</c>, <c>note-required</c>, <c>opinion-required</c>, <c>text-too-long</c>.
    /// </exception>
    public void Write(Guid leader, PanelWords words, DateTime at)
    {
        if (!IsOpen)
        {
            throw new RuleBrokenException("meeting-closed", "会议已结束或已取消。");
        }

        Keep(leader, words);
        if (Lacks(words).FirstOrDefault() is { } fault)
        {
            throw fault;
        }

        (WrittenAt, State) = (at, MeetingState.Written);
        Members = [.. Members.Select(m => m with { AnsweredAt = m.ExpertId == leader ? at : null, Dissent = null })];
    }

    /// <summary>Everything that keeps words from being handed in, each at its field, in the order of the form.</summary>
    public IEnumerable<RuleBrokenException> Lacks(PanelWords words)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (Present.Count() < Quorum)
        {
            yield return new RuleBrokenException("too-few", $"到会 {Present.Count()} 人，不足应到 {Members.Count} 人的三分之二（{Quorum} 人），不能形成专家组意见。");
        }

        foreach (var fault in Agenda.SelectMany(item => Lacks(item, words)))
        {
            yield return fault;
        }
    }

    /// <summary>A member who was there confirms the opinion, or says what he holds against it; he may think better of it until the minutes are closed.</summary>
    /// <exception cref="RuleBrokenException"><c>not-written</c>, <c>not-present</c>, <c>text-too-long</c>.</exception>
    public void Answer(Guid expert, string? dissent, DateTime at)
    {
        RequireWritten();
        var member = Require(expert);
        if (member.SignedInAt is null)
        {
            throw new RuleBrokenException("not-present", "未到会的专家不参加确认。");
        }

        if (dissent?.Trim().Length > LongestNote)
        {
            throw new RuleBrokenException("text-too-long", $"保留意见不超过 {LongestNote} 字。", "Dissent");
        }

        Put(member with { AnsweredAt = at, Dissent = string.IsNullOrWhiteSpace(dissent) ? null : dissent.Trim() });
    }

    /// <summary>The leader closes the minutes once all who came have answered.</summary>
    /// <exception cref="RuleBrokenException"><c>not-written</c>, <c>not-leader</c>, <c>leader-absent</c>, <c>answers-open</c>.</exception>
    public void Conclude(Guid leader, DateTime at)
    {
        RequireWritten();
        RequireLeader(leader);
        if (!IsAnswered)
        {
            throw new RuleBrokenException("answers-open", $"还有 {Present.Count(m => m.AnsweredAt is null)} 名到会专家没有确认；不等他们的，由会议工作人员写明理由后结束。");
        }

        (Note, State, ClosedAt) = (null, MeetingState.Closed, at);
    }

    /// <summary>Staff close a session; where answers are missing they say why they do not wait, and the minutes tell who gave none.</summary>
    /// <exception cref="RuleBrokenException"><c>not-written</c>, <c>reason-required</c>, <c>text-too-long</c>.</exception>
    public void Close(string? reason, DateTime at)
    {
        RequireWritten();
        (Note, State, ClosedAt) = (IsAnswered ? null : RequireText(reason, LongestNote, "Reason", "请写明为何不等其余专家确认。"), MeetingState.Closed, at);
    }

    private void Keep(Guid leader, PanelWords words)
    {
        ArgumentNullException.ThrowIfNull(words);
        RequireLeader(leader);
        foreach (var one in words.Opinions)
        {
            RequireListed(one.CaseId);
            RequireShort(one.Text, LongestOpinion, $"Opinions[{one.CaseId}]");
        }

        foreach (var found in words.Findings)
        {
            var at = $"Notes[{KeyOf(found.CaseId, found.Point)}]";
            if (RequireListed(found.CaseId).Points.All(p => p.Key != found.Point))
            {
                throw new RuleBrokenException("not-on-agenda", "核查表中没有这一项。", at);
            }

            RequireShort(found.Note, LongestNote, at);
        }

        RequireShort(words.Summary, LongestOpinion, "Summary");
        (Findings, Summary, WordsVersion) = (words.Findings, words.Summary.Trim(), Guid.NewGuid());
        Opinions = [.. words.Opinions.Where(o => !string.IsNullOrWhiteSpace(o.Text)).Select(o => o with { Text = o.Text.Trim() })];
    }

    private static IEnumerable<RuleBrokenException> Lacks(AgendaItem item, PanelWords words)
    {
        foreach (var point in item.Points)
        {
            var found = words.Findings.FirstOrDefault(f => f.CaseId == item.CaseId && f.Point == point.Key);
            if (found is null)
            {
                yield return new RuleBrokenException("points-open", $"“{item.Name}”的“{point.Title}”还没有核查结论。", $"Holds[{KeyOf(item.CaseId, point.Key)}]");
            }
            else if (!found.Holds && found.Note.Length == 0)
            {
                yield return new RuleBrokenException("note-required", "不符的，须写明实际情况。", $"Notes[{KeyOf(item.CaseId, point.Key)}]");
            }
        }

        if (words.Opinions.All(o => o.CaseId != item.CaseId || string.IsNullOrWhiteSpace(o.Text)))
        {
            yield return new RuleBrokenException("opinion-required", $"请写明对“{item.Name}”的意见。", $"Opinions[{item.CaseId}]");
        }
    }

    private void RequireLeader(Guid expert)
    {
        if (LeaderId != expert)
        {
            throw new RuleBrokenException("not-leader", "由专家组组长填写。");
        }

        if (Require(expert).SignedInAt is null)
        {
            throw new RuleBrokenException("leader-absent", "请先签到。");
        }
    }

    private void RequireWritten()
    {
        if (State != MeetingState.Written)
        {
            throw new RuleBrokenException("not-written", "专家组意见尚未形成，或会议已经结束。");
        }
    }

    private static void RequireShort(string text, int longest, string field)
    {
        if (text.Trim().Length > longest)
        {
            throw new RuleBrokenException("text-too-long", $"不超过 {longest} 字。", field);
        }
    }
}
