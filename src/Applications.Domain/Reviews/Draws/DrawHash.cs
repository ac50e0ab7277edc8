using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Applications.Domain.Reviews.Draws;

/// <summary>
/// SHA-256 over a text that can be written one way only: for each value its length in UTF-8 bytes, a colon, the value and a line feed; for each list its
/// count as a value and then its items. Lists without an order of their own are sorted by code unit. DRAW.md says which values in which order.
/// </summary>
public sealed class DrawHash
{
    private readonly StringBuilder _text = new();

    public static string OfRequest(DrawRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var rules = request.Rules;
        var hash = new DrawHash().Add("applications-draw-request/1").Add(request.Number).Add(request.Title)
            .Add(rules.PerEmployer).Add(rules.SessionsPerYear).Add(rules.NotTwoYearsRunning ? 1 : 0).Add(rules.OutsideOneIn).Add(rules.ReservesPerSeat).Add(rules.AppointedOneIn)
            .Add(request.Panels.Count);
        foreach (var panel in request.Panels)
        {
            hash.Add(panel.Key).Add(panel.Title).Add(panel.Size).Add(panel.Specialities.Count);
            foreach (var need in panel.Specialities)
            {
                hash.Add(need.Code).Add(need.AtLeast);
            }

            hash.Add(panel.Finance).Add(panel.Cities).Add(panel.Enterprises).Add(panel.Appointed.Count);
            foreach (var appointment in panel.Appointed)
            {
                hash.Add(appointment.ExpertId).Add(appointment.Reason).Add(appointment.ApprovedBy);
            }

            if (panel.Seated is { } seated)
            {
                hash.Add("seated").Add(seated);
            }
        }

        return hash.ToHex();
    }

    /// <summary>The pool's hash; the order in which it comes does not matter.</summary>
    public static string OfPool(IEnumerable<DrawCandidate> pool)
    {
        var sorted = Sorted(pool);
        var hash = new DrawHash().Add("applications-draw-pool/1").Add(sorted.Count);
        foreach (var one in sorted)
        {
            hash.Add(one.Id).Add(one.Name).Add(one.Employer).Add(one.CityCode).Add(one.Specialities).Add(one.IsFinance ? 1 : 0).Add(one.SessionsThisYear).Add(one.JudgedLastYear).Add(one.Bars.Count);
            foreach (var bar in one.Bars.OrderBy(b => b.Panel, StringComparer.Ordinal).ThenBy(b => b.Rule, StringComparer.Ordinal).ThenBy(b => b.Fact, StringComparer.Ordinal))
            {
                hash.Add(bar.Panel).Add(bar.Rule).Add(bar.Fact);
            }
        }

        return hash.ToHex();
    }

    /// <summary>What is published of the seed before the draw.</summary>
    public static string OfSeed(string seed) => new DrawHash().Add("applications-draw-seed/1").Add(seed).ToHex();

    /// <summary>The pool in its one order: by id.</summary>
    public static IReadOnlyList<DrawCandidate> Sorted(IEnumerable<DrawCandidate> pool) => [.. pool.OrderBy(c => c.Id, StringComparer.Ordinal)];

    public DrawHash Add(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _text.Append(Encoding.UTF8.GetByteCount(value).ToString(CultureInfo.InvariantCulture)).Append(':').Append(value).Append('\n');
        return this;
    }

    public DrawHash Add(int value) => Add(value.ToString(CultureInfo.InvariantCulture));

    public byte[] ToBytes() => SHA256.HashData(Encoding.UTF8.GetBytes(_text.ToString()));

    public string ToHex() => Convert.ToHexStringLower(ToBytes());

    private DrawHash Add(IReadOnlyList<string> values)
    {
        Add(values.Count);
        foreach (var value in values.Order(StringComparer.Ordinal))
        {
            Add(value);
        }

        return this;
    }
}
