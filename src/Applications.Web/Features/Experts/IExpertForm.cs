using Applications.Data.Experts;
using Applications.Domain.Experts;

namespace Applications.Web.Features.Experts;

/// <summary>A page on which an expert's data are typed.</summary>
public interface IExpertForm
{
    ExpertInput Input { get; }

    /// <summary>What is stored of phone, identity and bank numbers; null when nothing is yet.</summary>
    ExpertSecrets? Masks { get; }

    IReadOnlyList<ExpertFile> Files { get; }
}
