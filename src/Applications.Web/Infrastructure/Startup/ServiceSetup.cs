using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Applications.Data;
using Applications.Data.Experts;
using Applications.Domain.Experts;
using Applications.Web.Documents;
using Applications.Web.Files;
using Applications.Web.Infrastructure.Errors;
using Applications.Web.Infrastructure.Presentation;
using Applications.Web.Infrastructure.Security;
using Applications.Web.Infrastructure.Workbooks;
using FluentValidation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;

namespace Applications.Web.Infrastructure.Startup;

/// <summary>What the program is made of.</summary>
public static class ServiceSetup
{
    /// <summary>A long form with tables posts one value per cell.</summary>
    private const int MostFormValues = 40_000;

    public static void AddApplications(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.GetCultureInfo("zh-CN");
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.DefaultThreadCurrentCulture;
        builder.WebHost.ConfigureKestrel(k => k.AddServerHeader = false);
        builder.Host.UseDefaultServiceProvider(o => o.ValidateOnBuild = o.ValidateScopes = true);

        var services = builder.Services;
        AddSettings(services);
        var storage = builder.Configuration.GetSection("Storage").Get<StorageSettings>() ?? new StorageSettings();
        var root = Path.GetFullPath(storage.Root, builder.Environment.ContentRootPath);
        var provider = builder.Configuration.GetValue("Database:Provider", DatabaseProvider.Sqlite);
        services.AddApplicationsData(provider, ConnectionString(builder.Configuration, provider, root));
        services.AddDataProtection().SetApplicationName("Applications").PersistKeysToDbContext<ApplicationsDbContext>();
        services.AddSingleton<IFileStore>(new DiskFileStore(Path.Combine(root, "files")));

        services.AddSingleton(new UploadParts(Path.Combine(root, "uploads")));
        services.AddSingleton<UploadLimits>();
        services.AddSingleton<SheetUploads>();
        services.AddSingleton(_ => new PersonalSecrets(Path.Combine(root, "keys")));
        services.AddSingleton<Clamd>();
        services.AddSingleton<FileScans>();

        services.AddOptions<DocumentSettings>().BindConfiguration("Documents");
        services.AddSingleton<DocumentFont>();
        services.AddSingleton<House>();
        services.AddHttpContextAccessor();
        services.AddAccounts();
        services.AddHandlers();
        ValidatorOptions.Global.LanguageManager.Culture = CultureInfo.GetCultureInfo("zh-CN");
        services.AddJobsAndMail(builder.Configuration, provider, ConnectionString(builder.Configuration, provider, root), root);

        services.AddRazorPages(o =>
        {
            o.RootDirectory = "/Features";
            o.Conventions.CloseByDefault();
        }).AddMvcOptions(o =>
        {
            o.MaxModelBindingCollectionSize = MostFormValues;
            o.Filters.Add<ExpiredFormFilter>();
            o.Filters.Add<NoHandlerFilter>();
            o.Filters.Add<InitialPasswordFilter>();
            o.ModelBinderProviders.Insert(0, new NulCharacters.BinderProvider());
            ChineseBindingMessages.Use(o.ModelBindingMessageProvider);
        });
        services.Configure<FormOptions>(o =>
        {
            o.ValueCountLimit = MostFormValues;
            o.MultipartBodyLengthLimit = storage.LargestFile + (1024 * 1024);
        });
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = LargestBody(storage));

        // Chinese stays readable, and short, in the page source; what matters for HTML is still encoded.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddAntiforgery(o => o.HeaderName = "RequestVerificationToken");
        services.AddApi();
        services.ConfigureHttpJsonOptions(o => o.SerializerOptions.Converters.Add(new NulCharacters.Converter()));
        services.AddProblemDetails();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database").AddCheck<ScannerHealth>("virus-scanner");
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
    }

    /// <summary>Where the definition folders lie: the setting, else beside the program.</summary>
    public static string WorkflowsFolder(this WebApplication app) =>
        app.Services.GetRequiredService<IOptions<StorageSettings>>().Value.Workflows is { Length: > 0 } set
            ? Path.GetFullPath(set, app.Environment.ContentRootPath)
            : Path.Combine(AppContext.BaseDirectory, "workflows");

    /// <summary>Most bytes of a request: the largest file and the rest of its form.</summary>
    public static long LargestBody(StorageSettings storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        return storage.LargestFile + (16 * 1024 * 1024);
    }

    private static void AddSettings(IServiceCollection services)
    {
        services.AddOptions<DatabaseSettings>().BindConfiguration("Database").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<StorageSettings>().BindConfiguration("Storage").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ClamavSettings>().BindConfiguration("Clamav").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SiteSettings>().BindConfiguration("Site").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PoolRules>().BindConfiguration("ExpertPool")
            .Validate(r => r is { LeastYears: >= 0, TermYears: > 0, UpdateMonths: > 0, SessionsPerYear: > 0, ShortestSuspension: > 0 } && r.LongestSuspension >= r.ShortestSuspension, "ExpertPool: a setting lies outside its range.")
            .ValidateOnStart();
        services.AddOptions<JobSettings>().BindConfiguration("Jobs").ValidateDataAnnotations().ValidateOnStart();
    }

    private static string ConnectionString(ConfigurationManager configuration, DatabaseProvider provider, string root)
    {
        if (configuration.GetConnectionString("Applications") is { Length: > 0 } given)
        {
            return given;
        }

        if (provider != DatabaseProvider.Sqlite)
        {
            throw new InvalidOperationException($"ConnectionStrings:Applications must be set for {provider}.");
        }

        Directory.CreateDirectory(root);
        return $"Data Source={Path.Combine(root, "applications.db")}";
    }
}
