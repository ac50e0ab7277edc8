using Applications.Domain.Common;

namespace Applications.Domain.Reviews.Assigning;

/// <summary>One thing that was promised, and whether it holds.</summary>
public sealed record AssignmentCheck(string Name, string Asked, string Reached, bool Holds)
{
    /// <summary>It may stand, but is not what was asked for: somebody changed it by hand.</summary>
    public bool ByHand { get; init; }
}

/// <summary>How well a file is served.</summary>
/// <param name="Total">Sum of the penalties of its experts; 0 is the best.</param>
public sealed record FileStanding(int File, int Total, int Worst, IReadOnlyList<int> Experts);

/// <summary>Why an expert judges a file or does not.</summary>
/// <param name="Rank">Place among those who may judge the file, best match first, from 1; 0 for one who may not.</param>
public sealed record SeatReason(int Expert, PairStanding Standing, int Rank, string Text);

/// <summary>Reads a record for people: what holds, who is badly served, who carries how much, why this pair and not that one, and whether a change by hand may be.</summary>
public sealed class AssignmentReport
{
    private readonly AssignmentRecord _record;
    private readonly AssignmentLimits _limits;
    private readonly MatchCosts _costs;
    private readonly List<List<int>> _assigned;
    private readonly int[] _loads;
    private readonly bool _discloses;

    /// <param name="discloses">False while the names are sealed for the reader: what a reason rests on (field, city, employer, the fact of a conflict) would tell who is meant, so only rank and load are said.</param>
    public AssignmentReport(AssignmentRecord record, bool discloses = true)
    {
        ArgumentNullException.ThrowIfNull(record);
        _record = record;
        _discloses = discloses;
        _limits = AssignmentPlan.LimitsOf(record.Order, record.Snapshot);
        _costs = new MatchCosts(record.Snapshot, record.Seed);
        _assigned = [.. record.Assigned().Select(a => a.ToList())];
        _loads = new int[record.Snapshot.Experts.Count];
        foreach (var expert in _assigned.SelectMany(a => a))
        {
            _loads[expert]++;
        }
    }

    public IReadOnlyList<IReadOnlyList<int>> Assigned => _assigned;

    public IReadOnlyList<int> Loads => _loads;

    /// <summary>How far above the proven bound what the solver gave is, as a share; 0 where nothing can be better.</summary>
    public double Gap => _record.IsProvenByProgramme || _record.Objective == _record.Bound ? 0 : (_record.Objective - _record.Bound) / Math.Max(1.0, Math.Abs((double)_record.Bound));

    /// <summary>Everything that was asked for, counted anew from the pairs as they are now.</summary>
    public IReadOnlyList<AssignmentCheck> Checks()
    {
        var order = _record.Order;
        var other = _assigned.Count(a => a.Count != order.PerFile);
        var few = _assigned.Count(a => a.Count < AssignmentOrder.FewestPerFile);
        var barred = Enumerable.Range(0, _assigned.Count).Sum(f => _assigned[f].Count(e => _costs.BarsOf(f, e).Count > 0));
        var light = _loads.Count(l => l < order.LeastLoad);
        var heavy = _loads.Count(l => l > order.MostLoad);
        List<AssignmentCheck> checks =
        [
            new("每件专家人数", $"{order.PerFile} 人", other == 0 ? $"{_assigned.Count} 件全部 {order.PerFile} 人" : $"{other} 件经人工调整，{_assigned.Min(a => a.Count)} 至 {_assigned.Max(a => a.Count)} 人", few == 0) { ByHand = other > 0 },
            new("回避", "一律不分派", barred == 0 ? $"已排除 {_record.Snapshot.Bars.Select(b => (b.File, b.Expert)).Distinct().Count()} 对，无一违反" : $"{barred} 对违反", barred == 0),
            new("每人任务量", order.LeastLoad == 0 ? $"至多 {order.MostLoad} 件" : $"{order.LeastLoad} 至 {order.MostLoad} 件", order.LeastLoad == 0 ? $"最多 {_loads.DefaultIfEmpty().Max()} 件" : $"{_loads.DefaultIfEmpty().Min()} 至 {_loads.DefaultIfEmpty().Max()} 件", light + heavy == 0),
        ];
        foreach (var limit in _limits.Groups)
        {
            var most = _assigned.Max(a => a.Where(e => limit.GroupOf[e] >= 0).CountBy(e => limit.GroupOf[e]).Select(g => g.Value).DefaultIfEmpty().Max());
            checks.Add(new($"{limit.Name}评同一件", $"至多 {limit.PerFile} 人", $"最多 {most} 人", most <= limit.PerFile));
        }

        if (_limits.Apart.Count > 0)
        {
            var together = _assigned.Sum(a => _limits.Apart.Count(p => a.Contains(p.A) && a.Contains(p.B)));
            checks.Add(new("互相回避的专家", "不评同一件", together == 0 ? $"{_limits.Apart.Count} 对均已分开" : $"{together} 处同评", together == 0));
        }

        return checks;
    }

    /// <summary>Files by how badly they are served, worst first.</summary>
    public IReadOnlyList<FileStanding> WorstFirst() =>
    [
        .. Enumerable.Range(0, _assigned.Count).Select(StandingOf).OrderByDescending(s => s.Worst).ThenByDescending(s => s.Total).ThenBy(s => s.File),
    ];

    public FileStanding StandingOf(int file)
    {
        var penalties = _assigned[file].ConvertAll(e => PenaltyOf(file, e));
        return new FileStanding(file, penalties.Sum(), penalties.DefaultIfEmpty().Max(), _assigned[file]);
    }

    /// <summary>All experts for one file: those who judge it, then the others by match.</summary>
    /// <param name="label">What an expert is called.</param>
    public IReadOnlyList<SeatReason> Explain(int file, Func<int, string> label)
    {
        ArgumentNullException.ThrowIfNull(label);
        var costs = Enumerable.Range(0, _loads.Length).Select(e => _costs.Of(file, e)).ToArray();
        var allowed = Enumerable.Range(0, costs.Length).Where(e => costs[e] != PairCosts.Forbidden).OrderBy(e => costs[e]).ThenBy(e => e).ToList();
        var ranks = new int[costs.Length];
        for (var i = 0; i < allowed.Count; i++)
        {
            ranks[allowed[i]] = i + 1;
        }

        return
        [
            .. Enumerable.Range(0, costs.Length).Select(e => Explain(file, e, ranks[e], allowed.Count, label))
                .OrderBy(r => r.Standing is PairStanding.Assigned ? 0 : r.Standing is PairStanding.Conflict ? 2 : 1).ThenBy(r => r.Rank).ThenBy(r => label(r.Expert), StringComparer.Ordinal),
        ];
    }

    /// <summary>What forbids a change, in words; nothing when it may be made.</summary>
    public IReadOnlyList<string> Hindrances(int file, int? leaving, int? coming, Func<int, string> label)
    {
        ArgumentNullException.ThrowIfNull(label);
        List<string> found = [];
        var experts = _assigned[file].Where(e => e != leaving).ToList();
        if (leaving is { } gone && !_assigned[file].Contains(gone))
        {
            found.Add($"{label(gone)}不评本件");
        }

        if (coming is { } one)
        {
            found.AddRange(HindrancesOf(file, one, experts, label));
            experts.Add(one);
        }

        if (experts.Count is < AssignmentOrder.FewestPerFile or > AssignmentOrder.MostPerFile)
        {
            found.Add($"每件专家应为 {AssignmentOrder.FewestPerFile} 至 {AssignmentOrder.MostPerFile} 人，调整后为 {experts.Count} 人");
        }

        if (leaving is { } light && coming != leaving && _loads[light] - 1 < _record.Order.LeastLoad)
        {
            found.Add($"{label(light)}的任务将少于下限 {_record.Order.LeastLoad} 件");
        }

        return found;
    }

    /// <summary>Whom to call when somebody leaves a file that is under review: the best match who may come, with every limit kept and room on his desk.</summary>
    /// <param name="barred">Known since not to be able to come.</param>
    public int? Next(int file, int? leaving, IReadOnlySet<int> barred)
    {
        ArgumentNullException.ThrowIfNull(barred);
        var staying = _assigned[file].Where(e => e != leaving).ToList();
        int? best = null;
        for (var e = 0; e < _loads.Length; e++)
        {
            if (!barred.Contains(e) && e != leaving && HindrancesOf(file, e, staying, _ => string.Empty).Count == 0 && (best is not { } b || Weighed(file, e) < Weighed(file, b)))
            {
                best = e;
            }
        }

        return best;
    }

    /// <summary>The record after a change by hand.</summary>
    /// <exception cref="RuleBrokenException"><c>change-hindered</c>.</exception>
    public AssignmentRecord Change(AssignmentChange change, Func<int, string> label)
    {
        ArgumentNullException.ThrowIfNull(change);
        var found = Hindrances(change.File, change.Out, change.In, label);
        return found.Count == 0
            ? AssignmentRecordJson.Seal(_record with { Changes = [.. _record.Changes, change] })
            : throw new RuleBrokenException("change-hindered", $"不能这样调整：{string.Join("；", found)}。", "In");
    }

    /// <summary>The record after a seat was filled again, or left, while the review is on; what had to be checked was checked by <see cref="Next"/>.</summary>
    public AssignmentRecord Substitute(AssignmentChange change) => AssignmentRecordJson.Seal(_record with { Changes = [.. _record.Changes, change] });

    private List<string> HindrancesOf(int file, int coming, List<int> staying, Func<int, string> label)
    {
        List<string> found = [];
        foreach (var bar in _costs.BarsOf(file, coming))
        {
            found.Add(_discloses ? $"{label(coming)}须回避：{bar.Fact}" : $"{label(coming)}须回避");
        }

        if (staying.Contains(coming))
        {
            found.Add($"{label(coming)}已评本件");
        }

        if (_loads[coming] >= _record.Order.MostLoad)
        {
            found.Add($"{label(coming)}的任务已满（{_loads[coming]} 件）");
        }

        foreach (var limit in _limits.Groups.Where(g => g.GroupOf[coming] >= 0))
        {
            var same = staying.Where(e => e != coming && limit.GroupOf[e] == limit.GroupOf[coming]).ToList();
            if (same.Count >= limit.PerFile)
            {
                found.Add($"{label(coming)}与{string.Join('、', same.Select(label))}{limit.Name}，至多 {limit.PerFile} 人");
            }
        }

        foreach (var pair in _record.Snapshot.Apart.Where(p => (p.A == coming && staying.Contains(p.B)) || (p.B == coming && staying.Contains(p.A))))
        {
            found.Add($"{label(pair.A)}与{label(pair.B)}互相回避{(_discloses ? $"：{pair.Fact}" : "")}");
        }

        return found;
    }

    /// <summary>What stands in the way of every one of the seats he would fill better; empty where one of them could be his.</summary>
    private string Freed(int file, int expert, List<int> costlier, Func<int, string> label)
    {
        var hindrances = costlier.ConvertAll(seated => Hindrances(file, seated, expert, label));
        return hindrances.Exists(h => h.Count == 0)
            ? string.Empty
            : string.Join("；", costlier.Zip(hindrances, (seated, h) => $"比{label(seated)}合适，但换下{label(seated)}时{string.Join("、", h)}"));
    }

    private string Because(int file, int expert) => _discloses ? $"{PairMatch.Of(_record.Snapshot.Files[file], _record.Snapshot.Experts[expert]).Because}；" : string.Empty;

    private int PenaltyOf(int file, int expert) => PairMatch.PenaltyOf(_record.Snapshot.Files[file], _record.Snapshot.Experts[expert]);

    private long Weighed(int file, int expert) => (long)_costs.Of(file, expert) + AssignmentPlan.LoadOf(_record.Order, _record.Snapshot.Experts[expert]).Next(_loads[expert]);

    private SeatReason Explain(int file, int expert, int rank, int allowed, Func<int, string> label)
    {
        var bars = _costs.BarsOf(file, expert);
        if (bars.Count > 0)
        {
            return new SeatReason(expert, PairStanding.Conflict, 0, _discloses ? $"回避：{string.Join("；", bars.Select(b => b.Fact))}" : "回避，依据在评审日开封");
        }

        var place = $"{Because(file, expert)}匹配度在可评的 {allowed} 人中排第 {rank}";
        var load = $"现有任务 {_loads[expert]} 件，上限 {_record.Order.MostLoad} 件";
        if (_assigned[file].Contains(expert))
        {
            return new SeatReason(expert, PairStanding.Assigned, rank, $"{place}；{load}");
        }

        var costlier = _assigned[file].Where(e => _costs.Of(file, e) > _costs.Of(file, expert)).ToList();
        var blocked = _assigned[file].Count > 0 && _assigned[file].TrueForAll(e => HindrancesOf(file, expert, [.. _assigned[file].Where(o => o != e)], label).Count > 0);
        return _loads[expert] >= _record.Order.MostLoad
            ? new SeatReason(expert, PairStanding.LoadFull, rank, $"{place}；任务已满（{_loads[expert]} 件），其他项目更需要他")
            : blocked ? new SeatReason(expert, PairStanding.Limit, rank, $"{place}；{string.Join("；", HindrancesOf(file, expert, _assigned[file], label))}")
            : costlier.Count == 0 ? new SeatReason(expert, PairStanding.Dearer, rank, $"{place}；不如已分派的专家合适")
            : Freed(file, expert, costlier, label) is { Length: > 0 } hindered ? new SeatReason(expert, PairStanding.Limit, rank, $"{place}；{hindered}")
            : new SeatReason(expert, PairStanding.Dearer, rank, $"{place}；比{label(costlier[^1])}合适，但用在这里会使其他项目或任务均衡变差");
    }
}
