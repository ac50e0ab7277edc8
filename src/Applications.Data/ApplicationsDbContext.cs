using System.Text.Json;
using Applications.Data.Accounts;
using Applications.Data.Experts;
using Applications.Data.Outbox;
using Applications.Data.Similarity;
using Applications.Domain.Accounts;
using Applications.Domain.Batches;
using Applications.Domain.Cases;
using Applications.Domain.Enterprises;
using Applications.Domain.Experts;
using Applications.Domain.Organisations;
using Applications.Domain.Reviews;
using Applications.Domain.Reviews.Assigning;
using Applications.Domain.Reviews.Calibration;
using Applications.Domain.Reviews.Draws;
using Applications.Domain.Reviews.Meetings;
using Applications.Domain.Titles;
using Applications.Domain.Trail;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Applications.Data;

/// <summary>The whole model, for the weakest of three providers. Features inject this type; startup picks one of the sealed contexts below it.</summary>
public abstract class ApplicationsDbContext(DbContextOptions options)
    : IdentityUserContext<AppUser, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Enterprise> Enterprises => Set<Enterprise>();

    public DbSet<Evidence> Evidence => Set<Evidence>();

    public DbSet<Batch> Batches => Set<Batch>();

    public DbSet<Quota> Quotas => Set<Quota>();

    public DbSet<Application> Applications => Set<Application>();

    public DbSet<Filing> Filings => Set<Filing>();

    public DbSet<Attachment> Attachments => Set<Attachment>();

    public DbSet<Upload> Uploads => Set<Upload>();

    public DbSet<CaseText> CaseTexts => Set<CaseText>();

    public DbSet<CaseClaim> CaseClaims => Set<CaseClaim>();

    public DbSet<SimilarPair> SimilarPairs => Set<SimilarPair>();

    public DbSet<WorkItem> WorkItems => Set<WorkItem>();

    public DbSet<Expert> Experts => Set<Expert>();

    public DbSet<ExpertFile> ExpertFiles => Set<ExpertFile>();

    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<PanelDraw> Draws => Set<PanelDraw>();

    public DbSet<FileAssignment> Assignments => Set<FileAssignment>();

    public DbSet<PanelMeeting> Meetings => Set<PanelMeeting>();

    public DbSet<AnomalyFinding> AnomalyFindings => Set<AnomalyFinding>();

    public DbSet<RecommendationList> RecommendationLists => Set<RecommendationList>();

    public DbSet<ProposedList> ProposedLists => Set<ProposedList>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<Certificate> Certificates => Set<Certificate>();

    public DbSet<TitleReport> TitleReports => Set<TitleReport>();

    public DbSet<JournalEntry> Journal => Set<JournalEntry>();

    public DbSet<AuditEvent> Audit => Set<AuditEvent>();

    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<FlowTimer> Timers => Set<FlowTimer>();

    public DbSet<Reminder> Reminders => Set<Reminder>();

    public DbSet<MailMessage> Mails => Set<MailMessage>();

    public DbSet<IdempotencyRecord> Idempotency => Set<IdempotencyRecord>();

    public DbSet<Delegation> Delegations => Set<Delegation>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<Counter> Counters => Set<Counter>();

    public DbSet<DefinitionRow> Definitions => Set<DefinitionRow>();

    public DbSet<CalendarRow> Calendar => Set<CalendarRow>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>How JSON columns are written, everywhere.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcMilliseconds>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ApplicationsDbContext).Assembly);
    }
}
