using Applications.Domain.Reviews.Assigning;

namespace Applications.Domain.Tests.Reviews.Assigning;

public sealed class ExpertNumbersTests
{
    private static readonly AssignmentSnapshot Snapshot = new([], [.. Enumerable.Range(0, 40).Select(e => new AssignableExpert($"e{e:0000}", $"专家{e}", $"单位{e}", "370100", "技术", [], [], 0))], [], []);

    [Fact]
    public void Numbers_AreOneEachAndLeadBack()
    {
        var numbers = new ExpertNumbers(Snapshot, Guid.NewGuid());

        Assert.Equal(Enumerable.Range(1, 40), Enumerable.Range(0, 40).Select(numbers.Of).Order());
        Assert.All(Enumerable.Range(0, 40), e => Assert.Equal(e, numbers.PlaceOf(numbers.Of(e))));
        Assert.Equal((null, null), (numbers.PlaceOf(0), numbers.PlaceOf(41)));
    }

    [Fact]
    public void Numbers_FollowTheKeyAndNotTheList()
    {
        var (key, other) = (new Guid("11111111-1111-1111-1111-111111111111"), new Guid("22222222-2222-2222-2222-222222222222"));
        List<int> Of(Guid one) => [.. Enumerable.Range(0, 40).Select(new ExpertNumbers(Snapshot, one).Of)];

        Assert.Equal(Of(key), Of(key));
        Assert.NotEqual(Of(key), Of(other));
        Assert.NotEqual(Enumerable.Range(1, 40), Of(key));
    }
}
