using Applications.Domain.Workflow;

namespace Applications.Domain.Tests.Workflow;

/// <summary>退回 to a chosen earlier step.</summary>
public sealed class SendBackTests
{
    private const string ToDraftOrCheck = """{ "sendBackTo": ["check", "draft"] }""";

    private static Chart Line(string more = ToDraftOrCheck) => new Chart().Start()
        .Item("draft", "Submit", role: Roles.Applicant).Item("check", "Pass Skip").Item("sign", "Approve", more, Roles.Head).End("over")
        .Arrows("start > draft", "draft:Submit > check", "check:Pass > sign", "check:Skip > sign", "sign:Approve > over");

    /// <summary>Two consents side by side, then a signature that may send everything back before the fork.</summary>
    private static Chart Forked() => new Chart().Start().Item("check", "Pass").Fork("fork", "Fire Heritage")
        .Item("fire", "Consent", """{ "sendBackTo": ["check"] }""").Item("heritage", "Consent").Join("join").Item("sign", "Approve", """{ "sendBackTo": ["check"] }""").End("over")
        .Arrows("start > check", "check:Pass > fork", "fork:Fire > fire", "fork:Heritage > heritage", "fire:Consent > join", "heritage:Consent > join", "join > sign", "sign:Approve > over");

    [Fact]
    public void SendBack_ToAnEarlierStep_OpensItAnewAndGoesForwardAgain()
    {
        var play = Play.Begin(Line()).Complete("draft", "Submit", Roles.Applicant).Complete("check", "Pass");

        Assert.Equal(["close sign#3 SentBack", "open draft#4"], play.SendBack("sign", "draft", Roles.Head).Effects);
        Assert.Equal(["draft"], play.Places);

        play.Complete("draft", "Submit", Roles.Applicant).Complete("check", "Skip").Complete("sign", "Approve", Roles.Head);
        Assert.Equal("over", play.State.Result);
    }

    [Fact]
    public void SendBack_OutOfAFork_EndsTheOtherBranch()
    {
        var play = Play.Begin(Forked()).Complete("check", "Pass");

        Assert.Equal(["close fire#2 SentBack", "close heritage#3 Cancelled", "open check#4"], play.SendBack("fire", "check").Effects);
        Assert.Equal(["check"], play.Places);
    }

    /// <summary>What a branch had decided before the return must be decided again: the join waits for both.</summary>
    [Fact]
    public void SendBack_OutOfAForkWhereOneHadConsented_VoidsThatConsent()
    {
        var play = Play.Begin(Forked()).Complete("check", "Pass").Complete("heritage", "Consent").SendBack("fire", "check");
        Assert.Empty(play.State.Arrived);

        play.Complete("check", "Pass").Complete("fire", "Consent");
        Assert.Equal(["heritage"], play.Places);
        Assert.Equal(["sign"], play.Complete("heritage", "Consent").Places);
    }

    [Fact]
    public void SendBack_WhatIsNotAllowed_IsRefused()
    {
        var play = Play.Begin(Line()).Complete("draft", "Submit", Roles.Applicant).Complete("check", "Pass");

        play.AssertRefused("outcome-not-yours", p => p.SendBack("sign", "draft"));
        play.AssertRefused("cannot-send-back", p => p.SendBack("sign", "over", Roles.Head));
        play.SendBack("sign", "check", Roles.Head).AssertRefused("cannot-send-back", p => p.SendBack("check", "draft"));
    }

    [Fact]
    public void SendBack_ToAStepThatWasNeverTaken_IsRefused()
    {
        var chart = new Chart().Start().Decision("long", "getInput('hasCounty')").Item("county", "Pass", role: Roles.County)
            .Item("city", "Pass", """{ "sendBackTo": ["county"] }""", Roles.City).End("over")
            .Arrows("start > long", "long:True > county", "long:False > city", "county:Pass > city", "city:Pass > over");

        Play.Begin(chart, ("hasCounty", false)).AssertRefused("never-was-there", p => p.SendBack("city", "county", Roles.City));
    }

    [Theory]
    [InlineData("nowhere", "no other work item")]
    [InlineData("sign", "no other work item")]
    [InlineData("over", "no other work item")]
    public void Load_ReturnToWhatIsNoEarlierStep_IsRefused(string target, string reason) =>
        Line($$"""{ "sendBackTo": ["{{target}}"] }""").AssertRefused("sign", reason);

    [Fact]
    public void Load_ReturnToALaterStep_IsRefused() => new Chart().Start()
        .Item("check", "Pass", """{ "sendBackTo": ["sign"] }""").Item("sign", "Approve").End("over")
        .Arrows("start > check", "check:Pass > sign", "sign:Approve > over")
        .AssertRefused("check", "from which no way leads here");

    [Fact]
    public void Load_ReturnIntoABranch_IsRefused() => new Chart().Start().Fork("fork", "Fire Heritage")
        .Item("fire", "Consent").Item("heritage", "Consent").Join("join").Item("sign", "Approve", """{ "sendBackTo": ["fire"] }""").End("over")
        .Arrows("start > fork", "fork:Fire > fire", "fork:Heritage > heritage", "fire:Consent > join", "heritage:Consent > join", "join > sign", "sign:Approve > over")
        .AssertRefused("sign", "in a branch that this step is not in");

    /// <summary>The way forward would use the quota a second time.</summary>
    [Fact]
    public void Load_ReturnOverACommandThatCounts_IsRefused() => new Chart().Start()
        .Item("check", "Pass").Command("use", "use-quota").Item("sign", "Approve", """{ "sendBackTo": ["check"] }""").End("over")
        .Arrows("start > check", "check:Pass > use", "use > sign", "sign:Approve > over")
        .AssertRefused("sign", "'use' would be done a second time");
}
