using Applications.Domain.Reviews.Assigning;

namespace Applications.Domain.Tests.Reviews.Assigning;

/// <summary>Problems to solve, from a handful of files to a province's.</summary>
internal static partial class Problems
{
    public static AssignmentProblem Random(int seed, int files, int experts, int perFile, int conflictPercent)
    {
        var random = new Random(seed);
        var costs = new PairCosts(files, experts);
        for (var f = 0; f < files; f++)
        {
            for (var e = 0; e < experts; e++)
            {
                costs[f, e] = random.Next(100) < conflictPercent ? PairCosts.Forbidden : random.Next(20);
            }
        }

        var mean = (files * perFile / experts) + 1;
        return new AssignmentProblem(
            costs,
            [.. Enumerable.Range(0, files).Select(_ => random.Next(perFile + 1))],
            [.. Enumerable.Range(0, experts).Select(_ => new LoadRule(random.Next(4) == 0 ? random.Next(mean) : 0, mean + random.Next(3), random.Next(3) * random.Next(5), random.Next(3)))]);
    }

    /// <summary>Files with fields, experts with fields, institutions in cities, conflicts: costs fall with what they have in common.</summary>
    public static (AssignmentProblem Problem, AssignmentLimits Limits) Province(int files, int experts, int perFile, int slope)
    {
        var random = new Random(20260506);
        var costs = new PairCosts(files, experts);
        var fields = Enumerable.Range(0, experts).Select(_ => (A: random.Next(30), B: random.Next(30), Skill: random.Next(200))).ToArray();
        var cities = Enumerable.Range(0, experts).Select(_ => random.Next(16)).ToArray();
        var institutions = cities.Select(c => (c * 12) + random.Next(12)).ToArray();
        for (var f = 0; f < files; f++)
        {
            var (field, city) = (random.Next(30), random.Next(16));
            for (var e = 0; e < experts; e++)
            {
                var match = fields[e].A == field ? 0 : fields[e].B == field ? 150 : 600;
                costs[f, e] = random.Next(40) == 0 || (cities[e] == city && random.Next(5) == 0) ? PairCosts.Forbidden : match + fields[e].Skill + random.Next(50);
            }
        }

        var most = (files * perFile / experts) + 8;
        var limits = new AssignmentLimits
        {
            Groups = [new GroupLimit("单位", institutions, 1), new GroupLimit("城市", cities, 2)],
            Apart = [.. Enumerable.Range(0, experts).Select(_ => (random.Next(experts), random.Next(experts))).Where(p => p.Item1 != p.Item2)],
        };
        return (new AssignmentProblem(costs, [.. Enumerable.Repeat(perFile, files)], [.. Enumerable.Repeat(new LoadRule(0, most, slope), experts)]), limits);
    }

    /// <summary>Costs by chance and few institutions: no programme proves it in seconds.</summary>
    public static (AssignmentProblem Problem, AssignmentLimits Limits) Tight(int files, int experts)
    {
        var random = new Random(1);
        var costs = new PairCosts(files, experts);
        for (var f = 0; f < files; f++)
        {
            for (var e = 0; e < experts; e++)
            {
                costs[f, e] = random.Next(100) < 10 ? PairCosts.Forbidden : random.Next(1000);
            }
        }

        var limits = new AssignmentLimits
        {
            Groups = [new GroupLimit("单位", [.. Enumerable.Range(0, experts).Select(_ => random.Next(10))], 1), new GroupLimit("城市", [.. Enumerable.Range(0, experts).Select(_ => random.Next(5))], 2)],
            Apart = [.. Enumerable.Range(0, 2 * experts).Select(_ => (random.Next(experts), random.Next(experts))).Where(p => p.Item1 != p.Item2)],
        };
        return (new AssignmentProblem(costs, [.. Enumerable.Repeat(5, files)], [.. Enumerable.Repeat(new LoadRule(0, (files * 5 / experts) + 1), experts)]), limits);
    }
}
