using System.ComponentModel.DataAnnotations;

namespace Applications.Web.Mail;

public enum MailMode
{
    /// <summary>Written as .eml files; for development.</summary>
    Pickup,
    Smtp,
}

/// <summary><c>Mail</c>: how letters leave.</summary>
public sealed class MailSettings
{
    public MailMode Mode { get; set; } = MailMode.Pickup;

    public string Host { get; set; } = "localhost";

    [Range(1, 65535)]
    public int Port { get; set; } = 25;

    public string? User { get; set; }

    public string? Password { get; set; }

    public bool UseTls { get; set; }

    [Required, EmailAddress]
    public string From { get; set; } = "noreply@applications.example";

    public string PickupFolder { get; set; } = string.Empty;
}
