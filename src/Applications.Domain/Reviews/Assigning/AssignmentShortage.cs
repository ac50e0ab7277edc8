namespace Applications.Domain.Reviews.Assigning;

/// <summary>Says why an order cannot be met, and what would help.</summary>
public static class AssignmentShortage
{
    private const int MostNamed = 5;

    /// <returns>Null when the order is met.</returns>
    public static string? Explain(AssignmentOrder order, AssignmentSnapshot snapshot, CertifiedAssignment found)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(found);
        if (found.Certificate.IsValid)
        {
            return null;
        }

        var (files, experts) = (snapshot.Files.Count, snapshot.Experts.Count);
        var seats = files * order.PerFile;
        if (experts * (long)order.MostLoad < seats)
        {
            return experts < order.PerFile
                ? $"每件需要 {order.PerFile} 名专家，可用的只有 {experts} 人；请放宽专家类别，或先补充专家库。"
                : $"{files} 件每件 {order.PerFile} 人共需 {seats} 席，{experts} 名专家每人至多 {order.MostLoad} 件只能承担 {experts * order.MostLoad} 席；可将每人上限提高到 {(seats + experts - 1) / experts} 件，或减少每件人数。";
        }

        if (experts * (long)order.LeastLoad > seats)
        {
            return $"{experts} 名专家每人至少 {order.LeastLoad} 件共 {experts * order.LeastLoad} 席，超过所需的 {seats} 席；请{(seats >= experts ? $"将下限降到 {seats / experts} 件" : "不设下限（填 0）")}。";
        }

        var barred = snapshot.Bars.Select(b => (b.File, b.Expert)).Distinct().CountBy(b => b.File).ToDictionary(b => b.Key, b => b.Value);
        var starved = Enumerable.Range(0, files).Where(f => experts - barred.GetValueOrDefault(f) < order.PerFile).ToList();
        if (starved.Count > 0)
        {
            return $"{starved.Count} 件在回避之后可评的专家不足 {order.PerFile} 人：{Named(snapshot, starved)}；请放宽专家类别，或减少每件人数。";
        }

        var shortFiles = Enumerable.Range(0, files).Where(f => found.Solution.Assigned[f].Count < order.PerFile).ToList();
        return shortFiles.Count > 0
            ? $"{shortFiles.Count} 件在回避和同一单位{(order.PerCity > 0 ? "、同一城市" : string.Empty)}上限之下凑不满 {order.PerFile} 人：{Named(snapshot, shortFiles)}；可放宽{(order.PerCity > 0 ? "同一城市" : "同一单位")}的人数上限，或提高每人上限。"
            : $"现有条件不能同时满足：{string.Join("；", found.Certificate.Broken.Take(MostNamed))}。";
    }

    private static string Named(AssignmentSnapshot snapshot, List<int> files) =>
        string.Join('、', files.Take(MostNamed).Select(f => snapshot.Files[f].Name)) + (files.Count > MostNamed ? "等" : string.Empty);
}
