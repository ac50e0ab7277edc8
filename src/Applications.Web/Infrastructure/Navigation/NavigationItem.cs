namespace Applications.Web.Infrastructure.Navigation;

/// <summary>A link of the navigation. No roles means everybody who is signed in, or the public for public links.</summary>
/// <param name="Icon">A symbol of <c>wwwroot/img/icons.svg</c>.</param>
public sealed record NavigationItem(string Label, string Href, string Icon, params string[] Roles);
