using Applications.Web.Infrastructure.Startup;

// Needs neither settings nor database, so that anybody can run it anywhere.
if (args is [DrawCommands.Verify, ..])
{
    return await DrawCommands.VerifyAsync(args);
}

var builder = WebApplication.CreateBuilder(args);
builder.AddApplications();

var app = builder.Build();
if (await app.RunCommandAsync(args) is { } exitCode)
{
    return exitCode;
}

await app.PrepareAsync();
app.UseApplications();
await app.RunAsync();
return 0;

/// <summary>Visible to the test host.</summary>
public sealed partial class Program;
