using Applications.Data;
using Applications.Domain.Cases;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Files;

/// <summary>Where files stand with the virus scanner, when there is one.</summary>
public sealed class FileScans(Clamd clamd, TimeProvider clock)
{
    /// <summary>Nobody waits this long while the scanner is well.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(3);

    private long downSince;

    /// <summary>Since when this process has found the scanner silent (UTC); null while it answers.</summary>
    public DateTime? DownSince => Interlocked.Read(ref downSince) is > 0 and var ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;

    public bool IsOn => clamd.IsConfigured;

    /// <summary>Noted by the job after every try.</summary>
    public void Note(bool answers) => Interlocked.Exchange(ref downSince, answers ? 0 : DownSince?.Ticks ?? clock.GetUtcNow().UtcDateTime.Ticks);

    /// <summary>Files of drafts that nobody has looked at.</summary>
    public static IQueryable<Attachment> Waiting(ApplicationsDbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Attachments.Where(a => a.Scan == null && a.FiledInRound == null && a.RemovedAt == null);
    }

    /// <summary>Files that wait, and whether the scanner is down: it is silent, or the first has waited for longer than it should.</summary>
    public async Task<(int Waiting, DateTime? Since)> StandingAsync(ApplicationsDbContext db, CancellationToken ct)
    {
        if (!IsOn)
        {
            return (0, null);
        }

        var first = await Waiting(db).OrderBy(a => a.AddedAt).Select(a => (DateTime?)a.AddedAt).FirstOrDefaultAsync(ct);
        return (first is null ? 0 : await Waiting(db).CountAsync(ct), DownSince ?? (first is { } since && IsLong(since) ? since : null));
    }

    /// <summary>Why a file cannot be handed in, said after its name; null when nothing is wrong with it. What was filed before is not asked again.</summary>
    public string? TroubleOf(Attachment file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Scan switch
        {
            ScanVerdict.Infected => $"含有病毒（{file.ScanNote}），不能提交，请删除后用杀毒软件检查电脑，再上传干净的文件。",
            ScanVerdict.Refused when IsOn => "超出查毒服务能检查的范围，不能提交，请拆分或压缩后重新上传。",
            null when IsOn && file.FiledInRound is null => DownSince is not null || IsLong(file.AddedAt)
                ? "尚未查毒：查毒服务暂时不可用，系统管理员已能看到；恢复后自动检查，无需重新上传，之后即可提交。"
                : "正在查毒，一般不到一分钟，请稍后刷新页面再提交。",
            _ => null,
        };
    }

    /// <summary>Whether a file may be opened in the browser: not what is infected, nor what is still to be looked at.</summary>
    public bool MayShow(Attachment file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Scan is null ? !IsOn || file.FiledInRound is not null : file.Scan != ScanVerdict.Infected;
    }

    private bool IsLong(DateTime since) => clock.GetUtcNow().UtcDateTime - since > LongestWait;
}
