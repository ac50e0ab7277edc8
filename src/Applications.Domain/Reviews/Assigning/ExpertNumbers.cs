using System.Security.Cryptography;
using System.Text;

namespace Applications.Domain.Reviews.Assigning;

/// <summary>
/// The numbers, from 1, that stand for the experts of a snapshot while their names are sealed. They follow no list that a reader can open, and without the key nobody can reckon which
/// number is whose, though he know every expert of the pool.
/// </summary>
public sealed class ExpertNumbers
{
    private readonly int[] _places;
    private readonly int[] _numbers;

    /// <param name="key">Of the assignment; never shown.</param>
    public ExpertNumbers(AssignmentSnapshot snapshot, Guid key)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var secret = key.ToByteArray();
        _places = [.. Enumerable.Range(0, snapshot.Experts.Count).OrderBy(e => Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(snapshot.Experts[e].Id))), StringComparer.Ordinal)];
        _numbers = new int[_places.Length];
        for (var i = 0; i < _places.Length; i++)
        {
            _numbers[_places[i]] = i + 1;
        }
    }

    /// <param name="place">In the snapshot, from 0.</param>
    public int Of(int place) => _numbers[place];

    /// <returns>Place in the snapshot; null where nobody has the number.</returns>
    public int? PlaceOf(int number) => number >= 1 && number <= _places.Length ? _places[number - 1] : null;
}
