namespace Applications.Web.Infrastructure.Startup;

/// <summary>The JSON API below <c>/api/v1</c>.</summary>
public static class ApiSetup
{
    public static void AddApi(this IServiceCollection services) => services.AddOpenApi("v1");

    public static void MapApi(this WebApplication app) => app.MapOpenApi();
}
