namespace Applications.Web.Infrastructure.Presentation;

/// <summary>正常, 临期, 逾期.</summary>
public enum DueKind
{
    Normal,
    Near,
    Overdue,
}

/// <summary>How far a deadline is, in a colour and in words, counted in calendar days of Shanghai.</summary>
public sealed record DueState(DueKind Kind, string Words)
{
    /// <summary>A deadline this many days ahead or fewer is 临期.</summary>
    public const int NearDays = 3;

    public static DueState Of(DateTime dueUtc, DateTime nowUtc)
    {
        // Midnight belongs to the day that ends.
        var days = (ChinaTime.Local(dueUtc.AddTicks(-1)).Date - ChinaTime.Local(nowUtc).Date).Days;
        var midnight = ChinaTime.Local(dueUtc).TimeOfDay == TimeSpan.Zero;
        if (nowUtc > dueUtc)
        {
            return new(DueKind.Overdue, days == 0 ? "今天已逾期" : $"逾期{-days}天");
        }

        return days switch
        {
            0 => new(DueKind.Near, midnight ? "今天截止" : $"今天 {ChinaTime.Clock(dueUtc)} 截止"),
            1 => new(DueKind.Near, "明天截止"),
            <= NearDays => new(DueKind.Near, $"还剩{days}天"),
            _ => new(DueKind.Normal, $"还剩{days}天"),
        };
    }
}
