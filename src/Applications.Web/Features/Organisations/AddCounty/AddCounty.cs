using Applications.Data;
using Applications.Data.Commands;
using Applications.Domain.Accounts;
using Applications.Domain.Common;
using Applications.Domain.Identifiers;
using Applications.Domain.Organisations;
using Applications.Domain.Workflow;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Applications.Web.Features.Organisations.AddCounty;

/// <summary>A county bureau as it is typed.</summary>
public sealed class AddCounty
{
    public string? Code { get; set; }

    public string? Name { get; set; }
}

public sealed class AddCountyValidator : AbstractValidator<AddCounty>
{
    public AddCountyValidator()
    {
        RuleFor(o => o.Code).Cascade(CascadeMode.Stop)
            .NotEmpty().WithMessage("请填写行政区划代码。")
            .Must(code => code!.Trim() is { Length: 6 } six && six.All(char.IsAsciiDigit)).WithMessage("行政区划代码为 6 位数字。");
        RuleFor(o => o.Name).IsOrganisationName();
    }
}

/// <summary>Adds a county bureau below a city bureau.</summary>
public sealed class AddCountyHandler(ApplicationsDbContext db, CommandPipeline pipeline, AddCountyValidator validator)
{
    private const int CityDigits = 4;

    /// <returns>The new bureau's id.</returns>
    /// <exception cref="RuleBrokenException"><c>code-not-of-city</c>, <c>code-taken</c>.</exception>
    public async Task<Guid> HandleAsync(Guid cityId, AddCounty request, Actor actor, Guid key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Roles.Admin))
        {
            throw new NotFoundException();
        }

        await validator.ValidateAndThrowAsync(request, ct);
        var id = Guid.CreateVersion7();
        return await pipeline.RunAsync(actor, key, "add-county", ("organisation", id), c => AddAsync(id, cityId, request, c), ct);
    }

    private async Task<Guid> AddAsync(Guid id, Guid cityId, AddCounty request, CancellationToken ct)
    {
        var city = await db.Organisations.SingleOrDefaultAsync(o => o.Id == cityId && o.Kind == OrganisationKind.CityBureau, ct) ?? throw new NotFoundException();
        var code = request.Code!.Trim();
        if (code[..CityDigits] != city.DivisionCode[..CityDigits] || code == city.DivisionCode)
        {
            throw new RuleBrokenException(
                "code-not-of-city", $"该代码不属于{DivisionCodes.NameOf(city.DivisionCode)}：前四位应为 {city.DivisionCode[..CityDigits]}，后两位不为 00。", nameof(request.Code));
        }

        if (await db.Organisations.Where(o => o.DivisionCode == code).Select(o => o.Name).FirstOrDefaultAsync(ct) is { } holder)
        {
            throw new RuleBrokenException("code-taken", $"该代码已由“{holder}”使用。", nameof(request.Code));
        }

        db.Organisations.Add(new Organisation
        {
            Id = id,
            Kind = OrganisationKind.CountyBureau,
            Name = request.Name!.Trim(),
            DivisionCode = code,
            ParentId = city.Id,
            Version = Guid.NewGuid(),
        });

        // The same code twice means the same city twice: two at once collide on the city's version.
        city.Version = Guid.NewGuid();
        return id;
    }
}
