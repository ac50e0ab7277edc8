using System.Globalization;
using System.Text;
using Applications.Domain.Common;
using Applications.Domain.Reviews.Assigning;
using CsCheck;

namespace Applications.Domain.Tests.Reviews.Assigning;

/// <summary>Files given to experts one by one: over random pools nobody in conflict is ever assigned, every cap holds, and the record can be solved again.</summary>
public sealed class AssignmentRecordTests
{
    private static readonly DateOnly Session = new(2026, 12, 1);

    private static readonly Gen<(AssignmentOrder Order, AssignmentSnapshot Snapshot)> Any =
        from files in Gen.Int[1, 12]
        from experts in Gen.Int[6, 24]
        from perFile in Gen.Int[3, 5]
        from perCity in Gen.Int[0, 2]
        from load in Gen.Int[4, 12]
        from seed in Gen.Int[0, 1_000_000]
        from conflicts in Gen.Int[0, 40]
        select (new AssignmentOrder { SessionOn = Session, PerFile = perFile, PerCity = perCity, MostLoad = load }, Pool(files, experts, conflicts, seed));

    [Fact]
    public void Solve_AnyPool_AssignsNoConflictAndKeepsEveryCap() => Any.Sample(
        p =>
        {
            var plan = new AssignmentPlan(p.Order, p.Snapshot);
            var found = plan.Solve();
            var barred = p.Snapshot.Bars.Select(b => (b.File, b.Expert)).ToHashSet();
            for (var f = 0; f < p.Snapshot.Files.Count; f++)
            {
                var experts = found.Solution.Assigned[f].Select(e => p.Snapshot.Experts[e]).ToList();
                if (found.Solution.Assigned[f].Any(e => barred.Contains((f, e)))
                    || experts.CountBy(e => e.Employer).Any(g => g.Value > p.Order.PerEmployer)
                    || (p.Order.PerCity > 0 && experts.Where(e => e.CityCode != "000000").CountBy(e => e.CityCode).Any(g => g.Value > p.Order.PerCity))
                    || p.Snapshot.Apart.Any(a => found.Solution.Assigned[f].Contains(a.A) && found.Solution.Assigned[f].Contains(a.B)))
                {
                    return false;
                }
            }

            var loads = found.Solution.Assigned.SelectMany(a => a).CountBy(e => e).Select(l => l.Value);
            return loads.All(l => l <= p.Order.MostLoad) && (!found.Solution.IsComplete || found.Solution.Assigned.All(a => a.Count == p.Order.PerFile));
        },
        iter: 300);

    [Fact]
    public void Changes_AnyThatMayBeMade_NeverBringAConflictOrBreakACap() => Any.Sample(
        p =>
        {
            if (RecordOf(p.Order, p.Snapshot) is not { } record)
            {
                return true;
            }

            for (var step = 0; step < 12; step++)
            {
                var (file, leaving, coming) = (step * 7 % p.Snapshot.Files.Count, (int?)null, (int?)(step * 5 % p.Snapshot.Experts.Count));
                leaving = step % 3 == 0 ? null : record.Assigned()[file][step % record.Assigned()[file].Count];
                try
                {
                    record = new AssignmentReport(record).Change(new AssignmentChange(file, leaving, step % 4 == 1 ? null : coming, "试", "某", DateTime.UnixEpoch), Label);
                }
                catch (RuleBrokenException e) when (e.Code == "change-hindered")
                {
                    continue;
                }

                if (new AssignmentReport(record).Checks().Any(c => !c.Holds))
                {
                    return false;
                }
            }

            return true;
        },
        iter: 200);

    [Fact]
    public void Next_AnyPool_NeverCallsSomebodyInConflictOrOverACap() => Any.Sample(
        p =>
        {
            if (RecordOf(p.Order, p.Snapshot) is not { } record)
            {
                return true;
            }

            var report = new AssignmentReport(record);
            return Enumerable.Range(0, p.Snapshot.Files.Count).All(f => record.Assigned()[f][0] is var leaving
                && (report.Next(f, leaving, new HashSet<int>()) is not { } coming || report.Hindrances(f, leaving, coming, Label).Count == 0));
        },
        iter: 200);

    [Fact]
    public void Verify_RecordInAnotherCulture_Holds_AndAnAlteredByteShows()
    {
        var (order, snapshot) = (new AssignmentOrder { SessionOn = Session, PerFile = 3, PerCity = 1, MostLoad = 9 }, Pool(20, 24, 60, 7));
        var record = RecordOf(order, snapshot)!;
        var file = Encoding.UTF8.GetBytes(AssignmentRecordJson.Write(record));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            Assert.True(AssignmentVerifier.Recognises(file));
            Assert.Empty(AssignmentVerifier.Verify(file, TestContext.Current.CancellationToken).Findings);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        for (var at = 40; at < file.Length; at += file.Length / 37)
        {
            var altered = (byte[])file.Clone();
            altered[at] ^= 1;
            Assert.False(AssignmentVerifier.Verify(altered, TestContext.Current.CancellationToken).Holds, $"byte {at}");
        }
    }

    [Fact]
    public void Verify_RecordWhoseEffortWasSpentBeforeTheProof_FindsTheSamePlan()
    {
        var order = new AssignmentOrder { SessionOn = Session, PerFile = 5, PerCity = 2, MostLoad = 8 };
        var snapshot = TightPool(60, 40);
        var record = RecordOf(order, snapshot)!;

        Assert.False(record.IsProvenByProgramme);
        Assert.NotEqual(record.Objective, record.Bound);
        Assert.Empty(AssignmentVerifier.Verify(Encoding.UTF8.GetBytes(AssignmentRecordJson.Write(record)), TestContext.Current.CancellationToken).Findings);
    }

    [Fact]
    public void Verify_ListWithAnEmptyItem_IsNoRecord()
    {
        var json = AssignmentRecordJson.Write(RecordOf(new AssignmentOrder { SessionOn = Session, PerFile = 3 }, Pool(10, 30, 0, 3))!);

        var verification = AssignmentVerifier.Verify(Encoding.UTF8.GetBytes(json.Replace("\"experts\":[", "\"experts\":[null,", StringComparison.Ordinal)), TestContext.Current.CancellationToken);

        Assert.False(verification.Holds);
        Assert.Contains("不是完整的分派记录", string.Concat(verification.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public void Seed_FollowsFromOrderAndPoolAlone_AndBreaksTies()
    {
        var snapshot = Pool(10, 30, 0, 3);
        var order = new AssignmentOrder { SessionOn = Session, PerFile = 3 };
        Assert.Equal(AssignmentPlan.SeedOf(order, snapshot), AssignmentPlan.SeedOf(order with { }, snapshot with { }));
        Assert.NotEqual(AssignmentPlan.SeedOf(order, snapshot), AssignmentPlan.SeedOf(order with { MostLoad = 39 }, snapshot));
    }

    [Fact]
    public void Explain_EachExpert_SaysWhyOrWhyNot()
    {
        var files = new[] { new AssignedFile("f1", "1", "甲公司", "370100", "C34", "数控机床") };
        List<AssignableExpert> experts =
        [
            new("a", "赵", "单位甲", "370200", "技术", ["C34"], ["数控机床"], 0), new("b", "钱", "单位乙", "370300", "技术", ["C34"], [], 0),
            new("c", "孙", "单位丙", "370400", "技术", [], ["机床"], 0), new("d", "李", "单位甲", "370500", "技术", ["C34"], ["机床"], 0), new("e", "周", "单位戊", "370600", "技术", ["C34"], ["机床"], 0),
        ];
        var snapshot = new AssignmentSnapshot(files, experts, [new AssignmentBar(0, 4, "conflict.employer", "在申报单位任职")], []);
        var record = RecordOf(new AssignmentOrder { SessionOn = Session, PerFile = 3 }, snapshot)!;
        var report = new AssignmentReport(record);

        var reasons = report.Explain(0, e => experts[e].Name);

        Assert.Equal(3, record.Assigned()[0].Count);
        Assert.Contains(1, record.Assigned()[0]);
        Assert.Contains(2, record.Assigned()[0]);
        Assert.Contains("在申报单位任职", reasons.Single(r => r.Expert == 4).Text, StringComparison.Ordinal);
        Assert.Equal(PairStanding.Conflict, reasons.Single(r => r.Expert == 4).Standing);
        Assert.Contains("专长“数控机床”相符", reasons.Single(r => r.Expert == 0).Text, StringComparison.Ordinal);
        var other = record.Assigned()[0].Contains(0) ? 3 : 0;
        Assert.Contains("换下钱时", reasons.Single(r => r.Expert == other).Text, StringComparison.Ordinal);
        Assert.Contains("同一单位", reasons.Single(r => r.Expert == other).Text, StringComparison.Ordinal);
        Assert.Contains("同一单位", string.Join("；", report.Hindrances(0, 1, other, e => experts[e].Name)), StringComparison.Ordinal);
        Assert.Contains("须回避", string.Join("；", report.Hindrances(0, 1, 4, e => experts[e].Name)), StringComparison.Ordinal);
        Assert.Empty(report.Hindrances(0, record.Assigned()[0].First(e => e is 0 or 3), other, e => experts[e].Name));
    }

    private static string Label(int expert) => $"{expert}";

    private static AssignmentRecord? RecordOf(AssignmentOrder order, AssignmentSnapshot snapshot)
    {
        var plan = new AssignmentPlan(order, snapshot);
        var found = plan.Solve();
        return found.Certificate.IsValid ? AssignmentRecord.Of("FP-1", "试", order, snapshot, plan.Seed, found, DateTime.UnixEpoch) : null;
    }

    private static AssignmentSnapshot Pool(int files, int experts, int conflicts, int seed)
    {
#pragma warning disable CA5394 // Made-up pools, the same at every run.
        var random = new Random(seed);
        string City() => random.Next(8) == 0 ? "000000" : $"37{random.Next(1, 6):00}00";
        return new AssignmentSnapshot(
            [.. Enumerable.Range(0, files).Select(f => new AssignedFile($"f{f}", $"{f:000}", $"企业{f}", City(), $"C{random.Next(30, 36)}", random.Next(2) == 0 ? "数控机床" : "特种钢"))],
            [.. Enumerable.Range(0, experts).Select(e => new AssignableExpert($"e{e}", $"专家{e}", $"单位{random.Next(experts / 2)}", City(), "技术", [$"C{random.Next(30, 36)}"], [random.Next(2) == 0 ? "机床" : "钢"], random.Next(4)))],
            [.. Enumerable.Range(0, conflicts).Select(_ => new AssignmentBar(random.Next(files), random.Next(experts), "conflict.employer", "任职")).Distinct()],
            [.. Enumerable.Range(0, experts / 8).Select(i => new ApartPair(2 * i, (2 * i) + 1, "师生"))]);
#pragma warning restore CA5394
    }

    /// <summary>Few institutions, many pairs apart, hardly a place to spare: nothing is proven within the effort.</summary>
    private static AssignmentSnapshot TightPool(int files, int experts)
    {
#pragma warning disable CA5394 // Made-up pools, the same at every run.
        var random = new Random(1);
        string City() => $"37{random.Next(1, 7):00}00";
        return new AssignmentSnapshot(
            [.. Enumerable.Range(0, files).Select(f => new AssignedFile($"f{f}", $"{f:000}", $"企业{f}", City(), $"C{random.Next(30, 36)}", random.Next(2) == 0 ? "数控机床" : "特种钢"))],
            [.. Enumerable.Range(0, experts).Select(e => new AssignableExpert($"e{e}", $"专家{e}", $"单位{random.Next(experts / 3)}", City(), "技术", [$"C{random.Next(30, 36)}"], [random.Next(2) == 0 ? "机床" : "钢"], random.Next(4)))],
            [.. Enumerable.Range(0, 5 * experts).Select(_ => new AssignmentBar(random.Next(files), random.Next(experts), "conflict.employer", "任职")).Distinct()],
            [.. Enumerable.Range(0, experts / 2).Select(_ => new ApartPair(random.Next(experts / 2), (experts / 2) + random.Next(experts / 2), "师生"))]);
#pragma warning restore CA5394
    }
}
