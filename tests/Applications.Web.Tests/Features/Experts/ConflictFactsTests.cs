using Applications.Data.Experts;
using Applications.Domain.Calendars;
using Applications.Domain.Reviews;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Experts;

/// <summary>What the check is given comes out of the database whole, in a number of queries that does not grow.</summary>
public sealed class ConflictFactsTests(ConflictFactsTests.Counted hosts) : IClassFixture<ConflictFactsTests.Counted>
{
    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task For_AllExpertsAndCases_TakesSixQueriesAndNamesWhomTheFormsName(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var table = await host.InScopeAsync(async (services, db) =>
        {
            var experts = await db.Experts.AsNoTracking().ToListAsync();
            var cases = await db.Applications.AsNoTracking().ToListAsync();
            hosts.Counter.Reset();
            return await services.GetRequiredService<ConflictFacts>().ForAsync(experts, cases, default);
        });

        Assert.True(hosts.Counter.Statements.Count <= 6, string.Join("\n\n", hosts.Counter.Statements));
        var centre = table.Cases.Values.First(c => c.ProgrammeId == "manufacturing-innovation-centre-acceptance");
        Assert.All(centre.Shareholders, s => Assert.False(string.IsNullOrEmpty(s.Uscc)));
        Assert.NotEmpty(centre.Shareholders);
        Assert.NotEmpty(centre.Partners);
        Assert.All(table.Cases.Values.Where(c => c.ProgrammeId == "one-enterprise-one-technology" && c.Partners.Count > 0), c => Assert.NotNull(c.ProjectLeader));
        Assert.All(table.Cases.Values, c => Assert.NotEmpty(c.RecommendingUnits));
    }

    [Theory]
    [MemberData(nameof(Providers.All), MemberType = typeof(Providers))]
    public async Task Between_ExpertsOfTheDemonstration_NamesEveryDeclaredTieAndNoPanelHasOne(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var host = await hosts.GetAsync(provider);
        var (rules, seated) = await host.InScopeAsync(async (services, db) =>
        {
            var experts = await db.Experts.AsNoTracking().ToListAsync();
            var cases = await db.Applications.AsNoTracking().Where(a => a.SubmittedAt != null).ToListAsync();
            var table = await services.GetRequiredService<ConflictFacts>().ForAsync(experts, cases, default);
            var reviews = await db.Reviews.AsNoTracking().Where(r => r.State != ReviewState.Declined).ToListAsync();
            return (
                experts.SelectMany(e => cases.SelectMany(c => table.Between(e.Id, c.Id, ChinaTime.Today(TimeProvider.System)))).Select(c => c.Rule).ToHashSet(),
                reviews.SelectMany(r => table.Between(r.ExpertId, r.CaseId, ChinaTime.DateOf(r.AssignedAt))).ToList());
        });

        Assert.Superset(
            new HashSet<string>
            {
                "conflict.employer", "conflict.employed", "conflict.adviser", "conflict.shareholder", "conflict.kin", "conflict.patent", "conflict.project", "conflict.tested", "conflict.dispute", "conflict.own-unit-applies", "conflict.declared",
            },
            rules);
        Assert.Empty(seated);
    }

    /// <summary>A host whose statements are counted.</summary>
    public sealed class Counted : SharedHosts
    {
        public SqlCounter Counter { get; } = new();

        protected override AppHostOptions Options => new() { Interceptors = [Counter] };
    }
}
