using System.ComponentModel.DataAnnotations;
using Applications.Data;

namespace Applications.Web.Infrastructure.Startup;

/// <summary><c>Database</c>: where the data lies.</summary>
public sealed class DatabaseSettings
{
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;
}

/// <summary><c>Storage</c>: files that belong to the installation.</summary>
public sealed class StorageSettings
{
    /// <summary>Holds the SQLite database, uploads and, in Development, mail. Relative paths start at the content root.</summary>
    [Required]
    public string Root { get; set; } = "App_Data";

    /// <summary>Definition folders; empty for those that came with the program.</summary>
    public string Workflows { get; set; } = string.Empty;

    /// <summary>Largest upload, bytes.</summary>
    [Range(1, long.MaxValue)]
    public long LargestFile { get; set; } = 50L * 1024 * 1024;
}

/// <summary><c>Site</c>.</summary>
public sealed class SiteSettings
{
    /// <summary>Absolute address for links in mail and on certificates; empty: none are made absolute.</summary>
    public string BaseUrl { get; set; } = string.Empty;

    /// <summary>The department that runs the system, as pages and documents name it.</summary>
    [Required, MaxLength(40)]
    public string Department { get; set; } = "山东省工业和信息化厅";

    /// <summary>Where objections to a public notice are taken: office, address, telephone, mail. Shown under every public notice.</summary>
    [MaxLength(300)]
    public string Contact { get; set; } = string.Empty;

    /// <summary>Seeds the demonstration data on an empty database. Refused in Production.</summary>
    public bool Demo { get; set; }
}

/// <summary><c>Jobs</c>.</summary>
public sealed class JobSettings
{
    /// <summary>Whether this instance works off the outbox, timers and reminders.</summary>
    public bool Enabled { get; set; } = true;
}
