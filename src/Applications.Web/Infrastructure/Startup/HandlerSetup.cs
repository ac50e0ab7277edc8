using System.Reflection;

namespace Applications.Web.Infrastructure.Startup;

/// <summary>Handlers are found by their name: a class <c>…Handler</c>, <c>…Query</c>, <c>…Store</c> or <c>…Validator</c> below <c>Features</c>, injected as itself.</summary>
public static class HandlerSetup
{
    public static void AddHandlers(this IServiceCollection services)
    {
        var handlers = Assembly.GetExecutingAssembly().GetTypes().Where(t =>
            t is { IsClass: true, IsAbstract: false, IsNested: false }
            && t.Namespace?.StartsWith("Applications.Web.Features", StringComparison.Ordinal) == true
            && (t.Name.EndsWith("Handler", StringComparison.Ordinal)
                || t.Name.EndsWith("Query", StringComparison.Ordinal)
                || t.Name.EndsWith("Validator", StringComparison.Ordinal)
                || t.Name.EndsWith("Store", StringComparison.Ordinal)));
        foreach (var handler in handlers)
        {
            services.AddScoped(handler);
        }
    }
}
