using System.Globalization;
using System.Text;
using Applications.Domain.Reviews.Meetings;
using Applications.Web.Features.Meetings.Show;
using Applications.Web.Infrastructure.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Applications.Web.Features.Meetings.Calendar;

/// <summary>The session as an iCalendar file (RFC 5545), for the reader's own calendar; without files and names.</summary>
[Authorize(Roles = MeetingShowModel.MeetingReaders)]
public sealed class MeetingCalendarModel(MeetingQuery query, CurrentActor actor) : PageModel
{
    /// <summary>Octets a line may have before it is folded.</summary>
    private const int LineOctets = 75;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var meeting = (await query.ExecuteAsync(id, actor.Value, ct)).Meeting;
        return File(Encoding.UTF8.GetBytes(Write(meeting)), "text/calendar", $"{meeting.Number}.ics");
    }

    private static string Write(PanelMeeting meeting)
    {
        string[] lines =
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Applications//Meetings//ZH",
            "BEGIN:VEVENT",
            $"UID:{meeting.Id:N}@applications",
            $"SEQUENCE:{meeting.Changes}",
            $"DTSTAMP:{Utc(meeting.CalledAt)}",
            $"DTSTART:{Utc(meeting.StartsAt)}",
            $"DTEND:{Utc(meeting.Plan.EndsAt)}",
            $"SUMMARY:{Escape($"{MeetingWords.Of(meeting.Kind)} {meeting.Number}")}",
            $"LOCATION:{Escape(MeetingWords.Where(meeting.Plan))}",
            $"STATUS:{(meeting.State == MeetingState.Cancelled ? "CANCELLED" : "CONFIRMED")}",
            "END:VEVENT",
            "END:VCALENDAR",
        ];
        return string.Concat(lines.Select(l => Fold(l) + "\r\n"));
    }

    private static string Utc(DateTime at) => at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).ReplaceLineEndings("\\n");

    /// <summary>Long lines go on after a break and a blank, never within a character.</summary>
    private static string Fold(string line)
    {
        var folded = new StringBuilder();
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctets)
            {
                folded.Append("\r\n ");
                octets = 1;
            }

            folded.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        return folded.ToString();
    }
}
