using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Workflow;
using Applications.Domain.Workflow.Activities;
using Applications.Testing;
using Applications.Testing.Databases;
using Applications.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Invariants;

/// <summary>What was found to go wrong in a workflow engine without one commit, tried on this one: at once, cut off, stale, late.</summary>
public sealed class FlowLabTests(SharedHosts hosts) : IClassFixture<SharedHosts>
{
    public static TheoryData<string> Databases => Providers.All;

    /// <summary>Every kind of act in random order, on the store: after each one rows, state and story agree, and what was taken back is never actionable.</summary>
    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Walk_AnyActsInAnyOrder_RowsStateAndStoryAgree(string provider)
    {
        var lab = await OpenAsync(provider);
        var done = new HashSet<string>();
        for (var seed = 0; seed < 12; seed++)
        {
            var dice = new Random(seed);
            var id = await lab.StartAsync();
            for (var step = 0; step < 25 && !(await lab.StateAsync(id)).IsFinished; step++)
            {
                var acts = Acts(lab, id, await lab.StateAsync(id)).ToList();

                // The end is one way of many; most walks should be long.
                var (name, act) = acts[dice.Next(acts.Count)] is var drawn && drawn.Name == "terminate" && dice.Next(6) > 0 ? acts[dice.Next(acts.Count)] : drawn;
                await act();
                done.Add(name);
                await lab.CheckAsync(id, $"{name} (seed {seed}, step {step})");
            }
        }

        Assert.Superset(new HashSet<string> { "complete", "recall", "send-back", "add-signer", "sign", "answer", "suspend", "resume", "signal" }, done);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Complete_EightAtOnce_OneWinsAndTheOthersAreTold(string provider)
    {
        var lab = await OpenAsync(provider);
        for (var round = 0; round < 5; round++)
        {
            var id = await lab.StartAsync();

            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TryAsync(() => lab.CompleteAsync(id, 1, Roles.Officer, "Pass")))));

            Assert.Single(results, r => r is null);
            Assert.All(results.Where(r => r is not null), r => Assert.True(r is DbUpdateConcurrencyException or DbUpdateException or RuleBrokenException { Code: "work-item-gone" }, r!.ToString()));
            await lab.CheckAsync(id, "eight at once");
            Assert.Equal(2, (await lab.StateAsync(id)).Tokens.Length);
        }
    }

    /// <summary>Where a lost update wedges the case for good.</summary>
    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Complete_BothBranchesAtTheSameMoment_JoinsOnce(string provider)
    {
        var lab = await OpenAsync(provider);
        for (var round = 0; round < 10; round++)
        {
            var id = await lab.StartAsync();
            await lab.CompleteAsync(id, 1, Roles.Officer, "Pass");

            await Task.WhenAll(
                Task.Run(() => UntilAsync(() => lab.CompleteAsync(id, 2, Roles.Officer, "Consent"))),
                Task.Run(() => UntilAsync(() => lab.CompleteAsync(id, 3, Roles.Head, "Consent"))));

            Assert.Equal(["countersign"], (await lab.StateAsync(id)).Tokens.Select(t => t.Activity));
            await lab.CheckAsync(id, "both branches");
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Complete_StaleClickAfterALoopBack_DoesNotActOnTheNewRound(string provider)
    {
        var lab = await OpenAsync(provider);
        var id = await ToSignAsync(lab);
        var sign = await lab.TokenAsync(id, "sign");
        await lab.CompleteAsync(id, sign, Roles.Leader, "Again");

        Assert.IsType<RuleBrokenException>(await TryAsync(() => lab.CompleteAsync(id, sign, Roles.Leader, "Again")));
        Assert.IsType<RuleBrokenException>(await TryAsync(() => lab.CompleteAsync(id, 1, Roles.Officer, "Reject")));

        Assert.Equal(["check"], (await lab.StateAsync(id)).Tokens.Select(t => t.Activity));
        await lab.CheckAsync(id, "stale clicks");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Start_CompleteRecallAndSendBack_CutAtEveryStatement_LeaveAllOrNothing(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var faults = new SqlFaults();
        await using var host = await AppHost.StartAsync(provider, new AppHostOptions { Interceptors = [faults], Quiet = true });
        var lab = await FlowLab.OpenAsync(host);

        var started = 0;
        await CutAsync(faults, async () => await lab.StartAsync(), async () =>
        {
            var cases = await host.InScopeAsync((_, db) => db.Applications.CountAsync(a => a.BatchId == lab.BatchId));
            Assert.Equal(started, cases);
            Assert.Equal(cases, await host.InScopeAsync((_, db) => db.WorkItems.CountAsync(w => w.BatchId == lab.BatchId && w.CaseId != null)));
        }, () => started++);

        var id = await lab.StartAsync();
        await CutAsync(faults, () => lab.CompleteAsync(id, 1, Roles.Officer, "Pass"), () => lab.CheckAsync(id, "a cut completion"), () => { });
        await CutAsync(
            faults, () => lab.MoveAsync(id, (s, subject) => s.GetRequiredService<ApprovalHost>().RecallAsync(subject, 1, lab.As(Roles.Officer), "x", default)),
            () => lab.CheckAsync(id, "a cut recall"), () => { });
        await lab.CompleteAsync(id, await lab.TokenAsync(id, "check"), Roles.Officer, "Pass");
        var consent = await lab.TokenAsync(id, "consentB");
        await CutAsync(
            faults, () => lab.MoveAsync(id, (s, subject) => s.GetRequiredService<ApprovalHost>().SendBackAsync(subject, consent, "check", lab.As(Roles.Head), "x", default)),
            () => lab.CheckAsync(id, "a cut return"), () => { });
        Assert.Equal(["check"], (await lab.StateAsync(id)).Tokens.Select(t => t.Activity));
    }

    /// <summary>The clock strikes while somebody decides: one of them wins, and the case is where the winner put it.</summary>
    [Theory]
    [MemberData(nameof(Databases))]
    public async Task TimeOut_WhileSomebodyActs_OneWins(string provider)
    {
        var lab = await OpenAsync(provider);
        for (var round = 0; round < 8; round++)
        {
            var id = await lab.StartAsync();

            var results = await Task.WhenAll(
                Task.Run(() => TryAsync(() => lab.CompleteAsync(id, 1, Roles.Officer, "Pass"))),
                Task.Run(() => TryAsync(() => lab.MoveAsync(id, (s, subject) => s.GetRequiredService<WorkflowHost>().TimeOutAsync(subject, 1, default)))));

            // Time that comes second finds its token gone and does nothing; a person who comes second is told.
            Assert.Contains(results, r => r is null);
            await lab.CheckAsync(id, "time and a person");
            var state = await lab.StateAsync(id);
            Assert.True(state.Result == "rejected" || state.Tokens.Length == 2);
        }
    }

    /// <summary>Four hundred working days are a year and a half: longer than any timer in memory lasts.</summary>
    [Theory]
    [MemberData(nameof(Databases))]
    public async Task TimeOut_AfterFourHundredWorkingDays_StillComes(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        var clock = new OffsetClock(DateTimeOffset.UtcNow);
        await using var host = await AppHost.StartAsync(provider, new AppHostOptions { Clock = clock, Quiet = true });
        var lab = await FlowLab.OpenAsync(host);
        var id = await lab.StartAsync();
        var due = (await lab.StateAsync(id)).Tokens.Single().Due!.Value;
        Assert.InRange(due, DateTime.UtcNow.AddDays(540), DateTime.UtcNow.AddDays(640));

        clock.SkipTo(due.AddMinutes(-5));
        await host.Services.GetRequiredService<FireTimers>().ExecuteAsync(CancellationToken.None);
        Assert.False((await lab.StateAsync(id)).IsFinished);
        clock.SkipTo(due.AddMinutes(1));
        await host.Services.GetRequiredService<FireTimers>().ExecuteAsync(CancellationToken.None);

        Assert.Equal("rejected", (await lab.StateAsync(id)).Result);
        await lab.CheckAsync(id, "the deadline");
    }

    private async Task<FlowLab> OpenAsync(string provider)
    {
        Providers.SkipUnlessAvailable(provider);
        return await FlowLab.OpenAsync(await hosts.GetAsync(provider));
    }

    private static async Task<Guid> ToSignAsync(FlowLab lab)
    {
        var id = await lab.StartAsync();
        await lab.CompleteAsync(id, 1, Roles.Officer, "Pass");
        await lab.CompleteAsync(id, 2, Roles.Officer, "Consent");
        await lab.CompleteAsync(id, 3, Roles.Head, "Consent");
        foreach (var role in new[] { Roles.Officer, Roles.Head })
        {
            await SignAsync(lab, id, await lab.TokenAsync(id, "countersign"), role, lab.As(role), CountersignKind.Agree);
        }

        await lab.MoveAsync(id, (s, subject) => s.GetRequiredService<WorkflowHost>().SignalAsync(subject, "lab", default));
        return id;
    }

    private static Task SignAsync(FlowLab lab, Guid id, int token, string participant, Actor by, string outcome) => lab.MoveAsync(id, async (s, subject) =>
    {
        var db = s.GetRequiredService<Data.ApplicationsDbContext>();
        var item = await db.WorkItems.SingleAsync(w => w.CaseId == id && w.Token == token && w.Participant == participant && w.ClosedAt == null);
        await s.GetRequiredService<ApprovalHost>().SignAsync(subject, item, outcome, by, "x", default);
    });

    private static IEnumerable<(string Name, Func<Task> Act)> Acts(FlowLab lab, Guid id, WorkflowState state)
    {
        yield return ("terminate", Approve((h, s) => h.TerminateAsync(s, lab.As(Roles.Head), "x", default)));
        if (state.IsSuspended)
        {
            yield return ("resume", Approve((h, s) => h.ResumeAsync(s, lab.As(Roles.Head), "x", default)));
            yield break;
        }

        yield return ("suspend", Approve((h, s) => h.SuspendAsync(s, lab.As(Roles.Head), "x", default)));
        foreach (var undo in state.Undos)
        {
            yield return ("recall", Approve((h, s) => h.RecallAsync(s, undo.Token, lab.As(Roles.Officer), "x", default)));
        }

        foreach (var token in state.Tokens)
        {
            foreach (var signer in token.OpenSigners())
            {
                yield return ("sign", () => SignAsync(lab, id, token.Id, signer.Key, lab.As(Roles.Leader), signer.Key.Length % 2 == 0 ? Approvals.Agree : Approvals.Object));
                yield return ("sign", () => SignAsync(lab, id, token.Id, signer.Key, lab.As(Roles.Leader), Approvals.Agree));
            }

            foreach (var seat in token.Participants.Where(p => p.Outcome is null))
            {
                yield return ("answer", () => SignAsync(lab, id, token.Id, seat.Key, lab.As(seat.Key), CountersignKind.Agree));
                yield return ("answer", () => SignAsync(lab, id, token.Id, seat.Key, lab.As(seat.Key), CountersignKind.Disagree));
            }

            if (token.Activity == "wait")
            {
                yield return ("signal", () => lab.MoveAsync(id, (s, subject) => s.GetRequiredService<WorkflowHost>().SignalAsync(subject, "lab", default)));
            }
            else if (token.Chosen is null && Steps.TryGetValue(token.Activity, out var step))
            {
                if (!token.OpenSigners().Any(s => s.Position == SignerPosition.Before))
                {
                    foreach (var outcome in step.Outcomes)
                    {
                        yield return ("complete", () => lab.CompleteAsync(id, token.Id, step.Role, outcome));
                    }
                }

                if (token.Signers.IsEmpty)
                {
                    foreach (var position in Enum.GetValues<SignerPosition>())
                    {
                        yield return ("add-signer", Approve((h, s) => h.AddSignerAsync(s, token.Id, lab.UserId(Roles.Leader), "leader", position, lab.As(step.Role), "x", default)));
                    }
                }

                if (token.Activity == "consentB")
                {
                    yield return ("send-back", Approve((h, s) => h.SendBackAsync(s, token.Id, "check", lab.As(Roles.Head), "x", default)));
                }
            }
        }

        Func<Task> Approve(Func<ApprovalHost, FlowSubject, Task> act) => () => lab.MoveAsync(id, (s, subject) => act(s.GetRequiredService<ApprovalHost>(), subject));
    }

    private static readonly Dictionary<string, (string Role, string[] Outcomes)> Steps = new()
    {
        ["check"] = (Roles.Officer, ["Pass", "Pass", "Pass"]),
        ["consentA"] = (Roles.Officer, ["Consent", "Fix"]),
        ["fixA"] = (Roles.Head, ["Fixed"]),
        ["consentB"] = (Roles.Head, ["Consent"]),
        ["sign"] = (Roles.Leader, ["Again", "Approve"]),
    };

    private static async Task<Exception?> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (Exception e) when (e is DbUpdateException or RuleBrokenException)
        {
            return e;
        }
    }

    private static async Task UntilAsync(Func<Task> act)
    {
        while (await TryAsync(act) is { } e)
        {
            Assert.IsAssignableFrom<DbUpdateException>(e);
        }
    }

    /// <summary>Lets the 1st, 2nd, 3rd… statement fail until the act comes through; in between everything must be as it was.</summary>
    private static async Task CutAsync(SqlFaults faults, Func<Task> act, Func<Task> check, Action succeeded)
    {
        for (var nth = 1; ; nth++)
        {
            Assert.True(nth < 100, "The act never came through.");
            var fuse = faults.Arm(nth);
            var failed = false;
            try
            {
                await act();
            }
            catch (Exception) when (fuse.HasBlown)
            {
                failed = true;
            }
            finally
            {
                faults.Disarm();
            }

            if (!failed)
            {
                succeeded();
                await check();
                Assert.True(nth > 3, "Nothing was cut.");
                return;
            }

            await check();
        }
    }
}
