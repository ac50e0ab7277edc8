using Applications.Data;
using Applications.Data.Accounts;
using Applications.Domain.Workflow;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Authorization;

namespace Applications.Web.Infrastructure.Security;

/// <summary>Accounts, cookies, posts.</summary>
public static class AccountSetup
{
    /// <summary>Policy names: one a role, and the groups that pages need.</summary>
    public static class Policies
    {
        public const string SignedIn = "signed-in";
        public const string Department = "department";

        /// <summary>Cities, which recommend under quotas, and the department, which gives them.</summary>
        public const string Recommenders = "recommenders";

        /// <summary>The pool's office, and the department, which uses its experts.</summary>
        public const string PoolReaders = "pool-readers";

        /// <summary>Those who keep, use and oversee workflow versions.</summary>
        public const string DefinitionReaders = "definition-readers";
    }

    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddIdentityCore<AppUser>(o =>
            {
                o.Password.RequiredLength = 8;
                o.Password.RequireNonAlphanumeric = false;
                o.Lockout.MaxFailedAccessAttempts = 5;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
                o.User.RequireUniqueEmail = false;
            })
            .AddEntityFrameworkStores<ApplicationsDbContext>()
            .AddSignInManager()
            .AddErrorDescriber<ChineseIdentityErrors>()
            .AddDefaultTokenProviders();
        services.AddScoped<IUserClaimsPrincipalFactory<AppUser>, ActorClaims>();
        services.AddScoped<CurrentActor>();
        services.AddScoped<AccountPasswords>();
        services.AddScoped<SignInLog>();

        // A disabled account, or one whose password was reset, is out within this time; its API tokens at once.
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.FromMinutes(1));

        services.AddAuthentication(BearerOrCookie.Scheme)
            .AddPolicyScheme(BearerOrCookie.Scheme, null, o => o.ForwardDefaultSelector = BearerOrCookie.Select)
            .AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null)
            .AddIdentityCookies(b => b.ApplicationCookie!.Configure(o =>
            {
                o.Cookie.Name = "applications";
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.LoginPath = "/account/login";
                o.LogoutPath = "/account/logout";
                o.AccessDeniedPath = "/account/denied";
                o.ReturnUrlParameter = "returnUrl";
                o.ExpireTimeSpan = TimeSpan.FromHours(8);
                o.SlidingExpiration = true;
            }));

        services.AddAuthorization(o =>
        {
            o.AddPolicy(Policies.SignedIn, p => p.RequireAuthenticatedUser());
            o.AddPolicy(Policies.Department, p => p.RequireRole(Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector));
            o.AddPolicy(Policies.Recommenders, p => p.RequireRole(Roles.City, Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector));
            o.AddPolicy(Policies.PoolReaders, p => p.RequireRole(Roles.Pool, Roles.Officer, Roles.Head, Roles.Leader, Roles.Inspector));
            o.AddPolicy(Policies.DefinitionReaders, p => p.RequireRole(Roles.Admin, Roles.Officer, Roles.Inspector));
            foreach (var role in Roles.All)
            {
                o.AddPolicy(role, p => p.RequireRole(role));
            }
        });
    }

    /// <summary>Pages are closed unless they say <c>[AllowAnonymous]</c>.</summary>
    public static void CloseByDefault(this PageConventionCollection conventions) =>
        conventions.ConfigureFilter(new AuthorizeFilter(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));
}
