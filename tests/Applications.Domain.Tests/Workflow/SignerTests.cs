using Applications.Domain.Workflow;

namespace Applications.Domain.Tests.Workflow;

/// <summary>加签 before, beside and after the holder.</summary>
public sealed class SignerTests
{
    private static Play Begin(string more = "{}") => Play.Begin(new Chart().Start().Item("check", "Pass Reject", more, Roles.Head).End("passed").End("rejected")
        .Arrows("start > check", "check:Pass > passed", "check:Reject > rejected", more.Contains("Lapsed", StringComparison.Ordinal) ? "check:Lapsed > rejected" : "check:Pass > passed"));

    [Theory]
    [InlineData(Approvals.Agree)]
    [InlineData(Approvals.Object)]
    public void Before_TheHolderWaits_AndThenDecidesEitherWay(string opinion)
    {
        var play = Begin().AddSigner("check", "ann", SignerPosition.Before, Roles.Head);
        Assert.Equal(["open check#1/ann"], play.Effects);
        play.AssertRefused("signature-pending", p => p.Complete("check", "Pass", Roles.Head));

        Assert.Equal([$"close check#1/ann {opinion}"], play.Sign("check", "ann", opinion).Effects);
        Assert.Equal("passed", play.Complete("check", "Pass", Roles.Head).State.Result);
    }

    [Fact]
    public void Parallel_TheDecisionTakesEffectWithTheSignature()
    {
        var play = Begin().AddSigner("check", "ann", SignerPosition.Parallel, Roles.Head).Complete("check", "Pass", Roles.Head);
        Assert.Equal(["close check#1 Pass"], play.Effects);
        Assert.False(play.State.IsFinished);
        play.AssertRefused("already-decided", p => p.Complete("check", "Reject", Roles.Head));

        Assert.Equal(["close check#1/ann Agree", "end passed"], play.Sign("check", "ann").Effects);
    }

    [Fact]
    public void Parallel_SignedFirst_HoldsNobody()
    {
        var play = Begin().AddSigner("check", "ann", SignerPosition.Parallel, Roles.Head).Sign("check", "ann").Complete("check", "Reject", Roles.Head);

        Assert.Equal("rejected", play.State.Result);
    }

    [Fact]
    public void After_TheSignerIsAskedOnceTheHolderHasDecided()
    {
        var play = Begin().AddSigner("check", "ann", SignerPosition.After, Roles.Head);
        Assert.Empty(play.Effects);
        play.AssertRefused("work-item-gone", p => p.Sign("check", "ann"));

        Assert.Equal(["close check#1 Pass", "open check#1/ann"], play.Complete("check", "Pass", Roles.Head).Effects);
        Assert.Equal("passed", play.Sign("check", "ann").State.Result);
    }

    [Fact]
    public void After_AnObjection_GivesItBackUnderANewNumber()
    {
        var play = Begin().AddSigner("check", "ann", SignerPosition.After, Roles.Head).AddSigner("check", "bob", SignerPosition.After, Roles.Head)
            .Complete("check", "Pass", Roles.Head);

        Assert.Equal(["close check#1/ann Object", "close check#1/bob Cancelled", "open check#2"], play.Sign("check", "ann", Approvals.Object).Effects);
        play.AssertRefused("work-item-gone", p => p.Complete(1, "Pass", Roles.Head));
        Assert.Equal("rejected", play.Complete("check", "Reject", Roles.Head).State.Result);
    }

    [Fact]
    public void TimeIsUp_WhileSignaturesAreOut_EndsThemToo()
    {
        var play = Begin("""{ "dueDays": 3, "timeoutOutcome": "Lapsed" }""").AddSigner("check", "ann", SignerPosition.Parallel, Roles.Head).Complete("check", "Pass", Roles.Head);

        Assert.Equal(["close check#1/ann Lapsed", "end rejected"], play.At(play.Due("check")!.Value).TimeOut("check").Effects);
    }

    [Fact]
    public void AddSigner_WhatIsNotAllowed_IsRefused()
    {
        var play = Begin().AddSigner("check", "ann", SignerPosition.Before, Roles.Head);

        play.AssertRefused("outcome-not-yours", p => p.AddSigner("check", "bob", SignerPosition.Before));
        play.AssertRefused("already-signer", p => p.AddSigner("check", "ann", SignerPosition.After, Roles.Head));
        play.AssertRefused("unknown-outcome", p => p.Sign("check", "ann", "Maybe"));
        play.AssertRefused("work-item-gone", p => p.Sign("check", "bob"));
        foreach (var name in new[] { "bob", "cat", "dan", "eve" })
        {
            play.AddSigner("check", name, SignerPosition.After, Roles.Head);
        }

        play.AssertRefused("too-many-signers", p => p.AddSigner("check", "fay", SignerPosition.After, Roles.Head));
    }

    [Fact]
    public void AddSigner_AtTheApplicantsStep_IsRefused() => Play
        .Begin(new Chart().Start().Item("draft", "Submit", role: Roles.Applicant).End("over").Arrows("start > draft", "draft:Submit > over"))
        .AssertRefused("no-signers-here", p => p.AddSigner("draft", "ann", SignerPosition.Before, Roles.Applicant));
}
