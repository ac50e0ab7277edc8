using System.Net;
using Applications.Data.Calendars;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Web.Tests.Features.Administration;

/// <summary>The work calendar on its page.</summary>
public sealed class CalendarTests(AdminHost site) : IClassFixture<AdminHost>
{
    [Fact]
    public async Task Add_Holiday_CountsAtOnceAndRunningWorkKeepsItsTime()
    {
        var day = new DateOnly(2028, 3, 15);
        var source = site.Host.Services.GetRequiredService<CalendarSource>();
        Assert.True((await source.GetAsync(CancellationToken.None)).IsWorkday(day));
        var due = await DueTimesAsync();
        var admin = await site.SignInAsync("admin");
        var page = await admin.GetAsync("/admin/calendar?year=2028");

        var added = await admin.PostAsync(page, "#add", ("Input.Date", "2028-03-15"), ("Input.Kind", "off"), ("Input.Note", "试验放假"));

        Assert.Contains("试验放假", added.Text(), StringComparison.Ordinal);
        Assert.Contains("保留原定的截止时间", added.Text(), StringComparison.Ordinal);
        Assert.False((await source.GetAsync(CancellationToken.None)).IsWorkday(day));
        Assert.Equal(due, await DueTimesAsync());

        var removed = await admin.PostAsync(added, "form[action*=Remove]");
        Assert.DoesNotContain("试验放假", removed.Text(), StringComparison.Ordinal);
        Assert.True((await source.GetAsync(CancellationToken.None)).IsWorkday(day));
    }

    [Theory]
    [InlineData("2026-10-01", "off", "又是国庆", "#Input_Date-error", "该日已设为放假")]
    [InlineData("2028-03-16", "work", "多余", "#Input_Date-error", "本来就上班")]
    [InlineData("", "off", "没有日期", "#Input_Date-error", "请填写日期")]
    [InlineData("2028-03-17", "off", "", "#Input_Note-error", "请填写说明")]
    public async Task Add_WhatMakesNoSense_IsRefusedAtTheField(string date, string kind, string note, string field, string words)
    {
        var admin = await site.SignInAsync("admin");
        var rows = await site.QueryAsync(db => db.Calendar.CountAsync());

        var refused = await admin.PostAsync(await admin.GetAsync("/admin/calendar?year=2028"), "#add", ("Input.Date", date), ("Input.Kind", kind), ("Input.Note", note));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(words, refused.QuerySelector(field)!.TextContent, StringComparison.Ordinal);
        Assert.Equal(note, refused.QuerySelector("[name='Input.Note']")!.GetAttribute("value") ?? string.Empty);
        Assert.Equal(rows, await site.QueryAsync(db => db.Calendar.CountAsync()));
    }

    [Fact]
    public async Task Calendar_ForTheDepartment_IsReadOnly()
    {
        var officer = await site.SignInAsync("jingban");
        var page = await officer.GetAsync("/admin/calendar?year=2026");
        Assert.Null(page.QuerySelector("#add"));
        Assert.NotEmpty(page.QuerySelectorAll("td.day-off"));
        Assert.NotEmpty(page.QuerySelectorAll("td.day-work"));

        var admin = await site.SignInAsync("admin");
        var form = (await admin.GetAsync("/admin/calendar?year=2026")).QuerySelector("#add")!.OuterHtml;
        page.QuerySelector("main")!.InnerHtml += form;
        var token = (await officer.GetAsync("/account/settings")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var refused = await officer.PostAsync(
            page, "#add", ("__RequestVerificationToken", token), ("Input.Date", "2028-03-20"), ("Input.Kind", "off"), ("Input.Note", "越权"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.False(await site.QueryAsync(db => db.Calendar.AnyAsync(d => d.Note == "越权")));
    }

    [Theory]
    [InlineData("2026", HttpStatusCode.OK)]
    [InlineData("1999", HttpStatusCode.NotFound)]
    [InlineData("abc", HttpStatusCode.NotFound)]
    public async Task Calendar_Year_IsShownOrNotFound(string year, HttpStatusCode status)
    {
        var admin = await site.SignInAsync("admin");

        Assert.Equal(status, (await admin.GetAsync($"/admin/calendar?year={year}")).StatusCode);
    }

    private Task<List<DateTime?>> DueTimesAsync() => site.QueryAsync(db => db.WorkItems.AsNoTracking().OrderBy(w => w.Id).Select(w => w.DueAt).ToListAsync());
}
