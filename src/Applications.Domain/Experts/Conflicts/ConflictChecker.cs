using System.Globalization;
using Applications.Domain.Programmes;

namespace Applications.Domain.Experts.Conflicts;

/// <summary>A reason why an expert must not judge a file.</summary>
/// <param name="Rule">Stable id, for example <c>conflict.employer</c>.</param>
/// <param name="Title">The rule in words.</param>
/// <param name="Clause">Where the rule comes from.</param>
/// <param name="Fact">What it rests on: the tie, work or statement, with its dates.</param>
/// <param name="IsCertain">False when persons have only their name in common: somebody has to look; until then it counts.</param>
public sealed record Conflict(string Rule, string Title, string Clause, RuleTag Tag, string Fact, bool IsCertain = true);

/// <summary>
/// Finds every conflict of interest (programmes.md 4.2, 4.3 point 5) between an expert and a file, each with its rule and its fact; never only the first. Windows count back from the day of the
/// review by calendar months; their first day still counts.
/// </summary>
public static class ConflictChecker
{
    private const string Own = "本系统核查规则";
    private const string Procurement = "参照浙江省政府采购评审专家回避规定";

    /// <param name="on">The day of the review.</param>
    public static IReadOnlyList<Conflict> Check(ExpertFacts expert, CaseFacts file, DateOnly on, ConflictRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(expert);
        ArgumentNullException.ThrowIfNull(file);
        rules ??= new ConflictRules();
        return
        [
            .. Ties(expert, file, on, rules),
            .. Relatives(expert, file, on, rules),
            .. Works(expert, file, on, rules),
            .. People(expert, file),
            .. Units(expert, file),
            .. Services(expert, file, on, rules),
            .. Statements(expert, file),
        ];
    }

    private static IEnumerable<Conflict> Ties(ExpertFacts expert, CaseFacts file, DateOnly on, ConflictRules rules)
    {
        foreach (var tie in expert.Ties.Where(t => Counts(t, on, rules)))
        {
            foreach (var role in RolesOf(tie.Unit, file))
            {
                var (rule, title) = tie.Kind switch
                {
                    TieKind.Employment when tie.To is null || tie.To >= on => ("conflict.employer", "任职单位是申报单位、其股东、合作单位或推荐单位"),
                    TieKind.Employment => ("conflict.employed", $"{rules.TieMonths} 个月内曾在有关单位任职"),
                    TieKind.Advisory => ("conflict.adviser", $"{rules.TieMonths} 个月内在有关单位任顾问"),
                    _ => ("conflict.shareholder", $"{rules.TieMonths} 个月内持有有关单位股份"),
                };
                yield return new Conflict(rule, title, Own, RuleTag.Default, $"{Word(tie.Kind)}：{tie.Unit}，{Period(tie)}；该单位是{role}");
            }
        }
    }

    private static IEnumerable<Conflict> Relatives(ExpertFacts expert, CaseFacts file, DateOnly on, ConflictRules rules)
    {
        const string Title = "近亲属与申报有利害关系";
        foreach (var relative in expert.Relatives)
        {
            var who = $"{relative.Relation}{relative.Person.Name}";
            foreach (var tie in relative.Ties.Where(t => Counts(t, on, rules)))
            {
                foreach (var role in RolesOf(tie.Unit, file))
                {
                    yield return new Conflict("conflict.kin", Title, Procurement, RuleTag.Analogue, $"{who}，{Word(tie.Kind)}：{tie.Unit}，{Period(tie)}；该单位是{role}");
                }
            }

            foreach (var (person, role) in PeopleOf(file))
            {
                if (relative.Person.Is(person) is not false and var same)
                {
                    yield return new Conflict("conflict.kin", Title, Procurement, RuleTag.Analogue, $"{who}是{role}{Doubt(same)}", same is true);
                }
            }
        }
    }

    private static IEnumerable<Conflict> Works(ExpertFacts expert, CaseFacts file, DateOnly on, ConflictRules rules)
    {
        foreach (var work in expert.Works)
        {
            var since = work.Kind is WorkKind.Patent ? on : on.AddMonths(-rules.WorkMonths);
            if (work.Until < since)
            {
                continue;
            }

            var (rule, title, what) = work.Kind switch
            {
                WorkKind.Patent => ("conflict.patent", "与申报方共有专利", "共有专利"),
                WorkKind.Project => ("conflict.project", $"{rules.WorkMonths} 个月内与申报方共同承担项目", "共同承担项目"),
                _ => ("conflict.publication", $"{rules.WorkMonths} 个月内与项目负责人合作发表", "合作发表"),
            };
            var when = work.Until is { } until ? $"（至 {Day(until)}）" : "（至今）";
            foreach (var unit in work.Units.Where(u => work.Kind is not WorkKind.Publication && (u.Is(file.Applicant) || file.Partners.Any(u.Is))))
            {
                yield return new Conflict(rule, title, Own, RuleTag.Default, $"{what}“{work.Title}”{when}，共同方 {unit}");
            }

            foreach (var person in work.People)
            {
                if (file.ProjectLeader is { } leader && person.Is(leader) is not false and var same)
                {
                    yield return new Conflict(rule, title, Own, RuleTag.Default, $"{what}“{work.Title}”{when}，共同方为项目负责人{leader.Name}{Doubt(same)}", same is true);
                }
            }
        }
    }

    private static IEnumerable<Conflict> People(ExpertFacts expert, CaseFacts file)
    {
        foreach (var (person, role) in PeopleOf(file))
        {
            if (expert.Person.Is(person) is not false and var same)
            {
                yield return new Conflict("conflict.self", "专家本人是申报的当事人", Own, RuleTag.Default, $"{expert.Person.Name}是{role}{Doubt(same)}", same is true);
            }
        }

        foreach (var person in expert.Academic)
        {
            if (file.ProjectLeader is { } leader && person.Is(leader) is not false and var same)
            {
                yield return new Conflict("conflict.academic", "与项目负责人有师生关系", Own, RuleTag.Default, $"师生：{leader.Name}{Doubt(same)}", same is true);
            }
        }
    }

    private static IEnumerable<Conflict> Units(ExpertFacts expert, CaseFacts file)
    {
        foreach (var filing in expert.Filings.Where(f => f.ProgrammeId == file.ProgrammeId && f.BatchId == file.BatchId))
        {
            yield return new Conflict("conflict.own-unit-applies", "本单位在同一批次申报同一专项", Own, RuleTag.Default, $"{filing.Unit}在本批次申报");
        }

        if (file.Control is not { } theirs)
        {
            yield break;
        }

        const string Title = "与申报单位同一负责人或有控制关系";
        // The applicant as the expert's own unit is another rule's matter.
        foreach (var ours in expert.Controls.Where(c => c.Unit != theirs.Unit))
        {
            if (ours.LegalRepresentative is { } a && theirs.LegalRepresentative is { } b && a.Is(b) is not false and var same)
            {
                yield return new Conflict("conflict.control", Title, Procurement, RuleTag.Analogue, $"{ours.Unit}与{theirs.Unit}的法定代表人均为{a.Name}{Doubt(same)}", same is true);
            }

            foreach (var controller in ours.Controllers)
            {
                foreach (var other in theirs.Controllers)
                {
                    if (controller.Is(other) is not false and var alike)
                    {
                        yield return new Conflict("conflict.control", Title, Procurement, RuleTag.Analogue, $"{ours.Unit}与{theirs.Unit}均由{controller.Name}控制{Doubt(alike)}", alike is true);
                    }
                }
            }

            foreach (var parent in ours.Parents.Where(p => p.Is(theirs.Unit) || theirs.Parents.Any(p.Is)))
            {
                yield return new Conflict("conflict.control", Title, Procurement, RuleTag.Analogue, $"{ours.Unit}由{parent}控制，与申报单位同属一方");
            }

            if (theirs.Parents.Any(ours.Unit.Is))
            {
                yield return new Conflict("conflict.control", Title, Procurement, RuleTag.Analogue, $"{theirs.Unit}由{ours.Unit}控制");
            }
        }
    }

    private static IEnumerable<Conflict> Services(ExpertFacts expert, CaseFacts file, DateOnly on, ConflictRules rules)
    {
        foreach (var service in expert.Services)
        {
            var same = service.CaseId is not null && service.CaseId == file.CaseId;
            if (same || (service.For.Is(file.Applicant) && service.On >= on.AddMonths(-rules.ServiceMonths)))
            {
                var (rule, title) = service.Kind is ServiceKind.Tested ? ("conflict.tested", "曾为申报单位提供检测服务") : ("conflict.consulted", "曾为申报单位或本项目提供咨询");
                yield return new Conflict(rule, title, Procurement, RuleTag.Analogue, $"{Day(service.On)} {service.What}，服务对象 {service.For}{(same ? "（本项目）" : string.Empty)}");
            }
        }

        foreach (var dispute in expert.Disputes.Where(d => d.With.Is(file.Applicant) && (d.ClosedOn is null || d.ClosedOn >= on.AddMonths(-rules.DisputeMonths))))
        {
            yield return new Conflict(
                "conflict.dispute", $"{rules.DisputeMonths} 个月内与申报单位有法律纠纷", Procurement, RuleTag.Analogue, $"{dispute.What}，{(dispute.ClosedOn is { } closed ? $"{Day(closed)} 结案" : "未结案")}");
        }
    }

    private static IEnumerable<Conflict> Statements(ExpertFacts expert, CaseFacts file)
    {
        foreach (var declared in expert.Declarations.Where(d => d.HasConflict && d.CaseId == file.CaseId))
        {
            yield return new Conflict("conflict.declared", "专家声明需要回避", Own, RuleTag.Default, declared.Reason);
        }

        foreach (var avoidance in file.Avoidances.Where(a => a.Name.Trim() == expert.Person.Name.Trim()))
        {
            var same = Employs(expert, avoidance.Employer);
            var whom = $"{avoidance.Name.Trim()}{(string.IsNullOrWhiteSpace(avoidance.Employer) ? string.Empty : $"（{avoidance.Employer.Trim()}）")}";
            yield return new Conflict("conflict.avoidance", "申报单位申请回避", Own, RuleTag.Default, $"{whom}：{avoidance.Reason}{Doubt(same ? true : null)}", same);
        }
    }

    /// <summary>Applicants write a unit in short or in full.</summary>
    private static bool Employs(ExpertFacts expert, string? employer) => employer?.Trim() is { Length: > 0 } named && expert.Ties.Any(t =>
        t.Kind is TieKind.Employment && t.To is null && (t.Unit.Name.Contains(named, StringComparison.Ordinal) || named.Contains(t.Unit.Name, StringComparison.Ordinal)));

    /// <summary>Begun by the day of the review, and not ended before the window.</summary>
    private static bool Counts(Tie tie, DateOnly on, ConflictRules rules) => tie.From <= on && (tie.To is null || tie.To >= on.AddMonths(-rules.TieMonths));

    private static IEnumerable<string> RolesOf(Unit unit, CaseFacts file)
    {
        if (unit.Is(file.Applicant))
        {
            yield return "申报单位";
        }

        if (file.Shareholders.Any(unit.Is))
        {
            yield return "申报单位的股东";
        }

        if (file.Partners.Any(unit.Is))
        {
            yield return "合作单位";
        }

        if (file.RecommendingUnits.Any(unit.Is))
        {
            yield return "推荐单位";
        }
    }

    private static IEnumerable<(Person Person, string Role)> PeopleOf(CaseFacts file)
    {
        if (file.ProjectLeader is { } leader)
        {
            yield return (leader, "项目负责人");
        }

        if (file.Control?.LegalRepresentative is { } representative)
        {
            yield return (representative, "申报单位的法定代表人");
        }

        foreach (var controller in file.Control?.Controllers ?? [])
        {
            yield return (controller, "申报单位的实际控制人");
        }
    }

    private static string Doubt(bool? same) => same is true ? string.Empty : "（仅姓名相同，待核实）";

    private static string Word(TieKind kind) => kind switch
    {
        TieKind.Employment => "任职",
        TieKind.Advisory => "顾问",
        _ => "持股",
    };

    private static string Period(Tie tie) => $"{Day(tie.From)} 至 {(tie.To is { } to ? Day(to) : "今")}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
