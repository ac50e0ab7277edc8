using Applications.Data;
using Applications.Data.Accounts;
using Applications.Data.Workflow;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Forms;
using Applications.Domain.Identifiers;
using Applications.Domain.Organisations;
using Applications.Domain.Programmes;
using Applications.Domain.Workflow;
using Applications.Web.Infrastructure.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Applications.Testing;

/// <summary>An application in order, ready to be submitted, with the account that may do it.</summary>
/// <param name="Token">A bearer token of the account.</param>
public sealed record Draft(Guid CaseId, Guid Version, Guid BatchId, Guid EnterpriseId, Guid CityId, Guid UserId, string UserName, string Token)
{
    public Actor Applicant => new(UserId, UserName, Roles.Applicant, EnterpriseId);
}

/// <summary>Makes as many applications as a test needs in the open batch, each of an enterprise of its own.</summary>
public static class Drafts
{
    /// <param name="host">Where; its demonstration data gives the open batch and the bureaus.</param>
    /// <param name="count">How many.</param>
    /// <param name="cityCode">All in this city, which checks alone; no county comes before it.</param>
    /// <param name="submit">File them too: they then wait on the city's desk.</param>
    public static async Task<IReadOnlyList<Draft>> MakeAsync(AppHost host, int count, string cityCode = "370200", bool submit = false)
    {
        ArgumentNullException.ThrowIfNull(host);
        var sample = SampleApplication.Parse(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "workflows", "one-enterprise-one-technology", SampleApplication.FileName)),
            SampleApplication.FileName);
        return await host.InScopeAsync(async (services, db) =>
        {
            var maker = await Maker.PrepareAsync(services, db, sample, cityCode);
            var drafts = new List<Draft>();
            while (drafts.Count < count)
            {
                drafts.Add(await maker.MakeAsync(submit));
            }

            await db.SaveChangesAsync();
            return drafts;
        });
    }

    private sealed class Maker(ApplicationsDbContext db, WorkflowHost flow, SampleApplication sample, FormDefinition form, Batch batch, Organisation city, string passwordHash, Attachment file)
    {
        private const string Programme = "one-enterprise-one-technology";
        private static int made;

        public static async Task<Maker> PrepareAsync(IServiceProvider services, ApplicationsDbContext db, SampleApplication sample, string cityCode)
        {
            var flow = services.GetRequiredService<WorkflowHost>();
            var now = flow.Now;
            var batch = await db.Batches.SingleAsync(b => b.ProgrammeKey == Programme && b.OpensAt <= now && b.FilingClosesAt > now);
            var city = await db.Organisations.AsNoTracking().SingleAsync(o => o.Kind == OrganisationKind.CityBureau && o.DivisionCode == cityCode);
            var hash = await db.Users.Where(u => u.UserName == "qiye01").Select(u => u.PasswordHash!).SingleAsync();
            var file = await db.Attachments.AsNoTracking().FirstAsync();
            return new Maker(db, flow, sample, services.GetRequiredService<DefinitionCatalog>().Form(batch.FormId), batch, city, hash, file);
        }

        public async Task<Draft> MakeAsync(bool submit)
        {
            var serial = Interlocked.Increment(ref made);
            var enterprise = Enterprise(serial);
            var user = User($"draft{serial:0000}", enterprise);
            var token = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");
            var application = Application(enterprise);
            db.AddRange(enterprise, user, application);
            db.ApiTokens.Add(new ApiToken
            {
                Id = Guid.CreateVersion7(),
                UserId = user.Id,
                Name = "test",
                Hash = TokenAuthentication.HashOf(token),
                CreatedAt = flow.Now,
                ExpiresAt = flow.Now.AddDays(30),
            });
            db.Attachments.AddRange(sample.Files.SelectMany(f => f.Value.Select(given => Attachment(application, f.Key, given.Name))));
            var actor = new Actor(user.Id, user.DisplayName, Roles.Applicant, enterprise.Id);
            await flow.StartAsync(FlowSubjects.Of(application, batch), batch.CaseDefinitionId, actor, "开始", CancellationToken.None);
            if (submit)
            {
                await db.SaveChangesAsync();
                await flow.CompleteAsync(FlowSubjects.Of(application, batch), application.State.Tokens[0].Id, "Submit", actor, null, CancellationToken.None);
            }

            return new Draft(application.Id, application.Version, batch.Id, enterprise.Id, city.Id, user.Id, user.UserName!, token);
        }

        private Enterprise Enterprise(int serial)
        {
            var uscc = Uscc.Synthetic(city.DivisionCode, 10_000 + serial).Value;
            var name = $"验证{serial:0000}号有限公司（演示）";
            return new Enterprise
            {
                Id = Guid.CreateVersion7(),
                Uscc = uscc,
                Name = name,
                CityId = city.Id,
                CountyId = null,
                Profile = sample.Enterprise with { Uscc = uscc, Name = name, CityCode = city.DivisionCode, CountyCode = null },
                Figures = [.. sample.Figures],
                UpdatedAt = flow.Now,
                Version = Guid.NewGuid(),
            };
        }

        private AppUser User(string login, Enterprise enterprise) => new()
        {
            Id = Guid.CreateVersion7(),
            UserName = login,
            NormalizedUserName = login.ToUpperInvariant(),
            Email = $"{login}@demo.example",
            NormalizedEmail = $"{login}@demo.example".ToUpperInvariant(),
            EmailConfirmed = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            LockoutEnabled = true,
            PasswordHash = passwordHash,
            DisplayName = $"企业经办 {login}（演示）",
            Role = Roles.Applicant,
            ScopeId = enterprise.Id,
            ScopeName = enterprise.Name,
            IsDemo = true,
            CreatedAt = flow.Now,
        };

        private Application Application(Enterprise enterprise)
        {
            var application = new Application
            {
                Id = Guid.CreateVersion7(),
                BatchId = batch.Id,
                EnterpriseId = enterprise.Id,
                CityId = city.Id,
                EnterpriseName = enterprise.Name,
                CityName = DivisionCodes.NameOf(city.DivisionCode),
                CreatedAt = flow.Now,
            };
            var answers = FormPrefill.Fill(form, sample.Scope with { Enterprise = enterprise.Profile, Figures = enterprise.Figures }, sample.NewAnswers());
            application.SaveAnswers(answers.ToJson().Replace(sample.Enterprise.Name, enterprise.Name, StringComparison.Ordinal), enterprise.Name, flow.Now);
            return application;
        }

        private Attachment Attachment(Application application, string field, string name) => new()
        {
            Id = Guid.CreateVersion7(),
            CaseId = application.Id,
            FieldKey = field,
            FileName = name,
            ContentType = "application/pdf",
            Size = file.Size,
            Sha256 = file.Sha256,
            AddedAt = flow.Now,
            AddedBy = application.EnterpriseName,
        };
    }
}
