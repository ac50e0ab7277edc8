using Applications.Web.Api;
using Scalar.AspNetCore;

namespace Applications.Web.Infrastructure.Startup;

/// <summary>The JSON API below <c>/api/v1</c>, its description and a page to read it.</summary>
public static class ApiSetup
{
    public static void AddApi(this IServiceCollection services) => services.AddOpenApi("v1")
        .ConfigureHttpJsonOptions(o => o.SerializerOptions.RespectRequiredConstructorParameters = true);

    public static void MapApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapOpenApi();
        app.MapScalarApiReference("/api/docs");
        var api = app.MapGroup("/api/v1");
        TokenEndpoints.Map(api);
        PublicEndpoints.Map(api);
        var signedIn = api.MapGroup(string.Empty).RequireAuthorization();
        EnterpriseEndpoints.Map(signedIn);
        CaseEndpoints.Map(signedIn);
        UploadEndpoints.Map(signedIn.MapGroup("/applications"));
        WorkItemEndpoints.Map(signedIn);
        ApprovalEndpoints.Map(signedIn);
        BatchEndpoints.Map(signedIn);
        DrawEndpoints.Map(signedIn);
        MeetingEndpoints.Map(signedIn);
        AssignmentEndpoints.Map(signedIn);
        ExpertEndpoints.Map(signedIn);
        ReviewEndpoints.Map(signedIn);
        SimilarityEndpoints.Map(signedIn);
        TitleEndpoints.Map(signedIn);
        DefinitionEndpoints.Map(signedIn);
        UploadEndpoints.MapForPages(app);
    }
}
