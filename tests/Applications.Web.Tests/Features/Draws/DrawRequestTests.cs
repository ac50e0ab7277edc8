using System.Net;
using Applications.Domain.Reviews.Draws;
using Applications.Testing;
using Applications.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Draws;

/// <summary>What an officer may ask for: tried beforehand, refused in words at the field, eased in one press.</summary>
public sealed class DrawRequestTests
{
    [Theory]
    [InlineData("draws")]
    [InlineData("assignments")]
    public async Task Api_RequestWithoutTheDayOfTheSession_IsRefusedAtThatField(string what)
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await WaitingBatchAsync(host);

        var answer = await (await ApiClient.SignInAsync(host, "jingban")).PostAsync($"batches/{batch}/{what}", new { perFile = 3 });

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal(("session-required", "SessionOn"), (answer.Body.GetProperty("code").GetString(), answer.Body.GetProperty("field").GetString()));
        Assert.Contains("请填写评审日期", answer.Body.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_Tried_SaysSoWithTheCombinationsAndNamesTheSpecialities()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await WaitingBatchAsync(host);
        var officer = await FormClient.SignInAsync(host, "jingban");
        var form = await officer.GetAsync($"/draws/new?BatchId={batch}");
        Assert.DoesNotContain("试算完成", form.Body!.TextContent, StringComparison.Ordinal);
        var button = form.QuerySelectorAll("button[form=draw], #draw button").Single(b => b.TextContent == "试算").GetAttribute("formaction")!;
        Assert.EndsWith("#advice", button, StringComparison.Ordinal);
        form.QuerySelector("#draw")!.SetAttribute("action", button);

        var tried = await officer.PostAsync(form, "#draw", ("Form.Panels[0].Specialities", "C34 1"));

        Assert.StartsWith("试算完成：按现有专家库可以抽取", tried.QuerySelector("#advice h2")!.TextContent, StringComparison.Ordinal);
        Assert.Matches("可选专家 [0-9]+ 人，合规组合 [0-9,]+ 种", tried.QuerySelector("#advice li")!.TextContent);
        Assert.Contains("C34 通用设备制造业", tried.QuerySelector("td[data-label=专业至少]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("批准人、抽取人和纪检监察", tried.QuerySelector("#draw")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WhatCannotBeDrawn_SaysWhatClashesAndOneClickTakesAWayOut()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await WaitingBatchAsync(host);
        var officer = await FormClient.SignInAsync(host, "jingban");
        var form = await officer.GetAsync($"/draws/new?BatchId={batch}");

        var refused = await officer.PostAsync(form, "#draw", ("Form.Panels[0].Specialities", "C16 1"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("C16", refused.QuerySelector("#advice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("C16 1", refused.QuerySelector("[name='Form.Panels[0].Specialities']")!.GetAttribute("value"));
        Assert.Equal(0, await host.InScopeAsync((_, db) => db.Draws.CountAsync(d => d.BatchId == batch && d.State == DrawState.Requested)));

        var twofold = await officer.PostAsync(form, "#draw", ("Form.Panels[0].Specialities", "C16 1、C43 1"));
        Assert.Equal(["C16", "C43"], twofold.QuerySelectorAll("#advice p").Select(p => System.Text.RegularExpressions.Regex.Match(p.TextContent, "C(16|43)").Value).Order());
        Assert.Contains("放宽任何一项都不够", twofold.Body!.TextContent, StringComparison.Ordinal);

        var button = refused.QuerySelectorAll("button[name=Ease]").First(b => b.ParentElement!.TextContent.Contains("C16", StringComparison.Ordinal));
        refused.QuerySelector("#draw")!.SetAttribute("action", button.GetAttribute("formaction")!);
        var eased = await officer.PostAsync(refused, "#draw", ("Ease", button.GetAttribute("value")!));
        Assert.Contains("可以抽取", eased.QuerySelector("#outlook")!.TextContent, StringComparison.Ordinal);
        Assert.Matches("已改入下面的表单：.*C16", eased.QuerySelector("#advice p")!.TextContent);
        Assert.DoesNotContain("/draws/new", (await officer.PostAsync(eased, "#draw")).Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Form.Panels[0].Size", "4", "单数")]
    [InlineData("Form.Panels[0].Specialities", "机械", "看不明白")]
    [InlineData("Form.Panels[0].Specialities", "C99 1", "没有行业大类“C99”")]
    [InlineData("Form.SessionOn", "2020-01-01", "不能早于今天")]
    [InlineData("Form.Appointed[0].Expert", "查无此人", "评审组")]
    public async Task Request_WhatCannotBeRead_IsSaidAndKept(string field, string value, string words)
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        var batch = await WaitingBatchAsync(host);
        var officer = await FormClient.SignInAsync(host, "jingban");

        var page = await officer.PostAsync(await officer.GetAsync($"/draws/new?BatchId={batch}"), "#draw", (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains(words, page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(value, page.QuerySelector($"[name='{field}']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Snapshot_OfADayOnWhichSomeAreAway_HoldsThemWithTheReason()
    {
        await using var host = await AppHost.StartAsync(TestDatabases.Sqlite);
        await host.InScopeAsync(async (services, db) =>
        {
            var experts = await db.Experts.AsNoTracking().ToListAsync();
            var day = experts.SelectMany(e => e.Leaves).First().From;
            var away = experts.Where(e => e.StatusOn(day) == Domain.Experts.ExpertStatus.InPool && !e.IsAvailableOn(day)).Select(e => e.Id.ToString("N")).ToList();

            var pool = await services.GetRequiredService<Data.Draws.DrawPool>().TakeAsync([], [], day, CancellationToken.None);

            Assert.NotEmpty(away);
            Assert.Equal(away.Order(), pool.Where(c => c.Bars.Any(b => b.Rule == "leave" && b.Fact.StartsWith("请假", StringComparison.Ordinal))).Select(c => c.Id).Order());
            return true;
        });
    }

    private static Task<Guid> WaitingBatchAsync(AppHost host) => PlantedBatches.FindAsync(host, PlantedBatches.ReadyForDefence);
}
