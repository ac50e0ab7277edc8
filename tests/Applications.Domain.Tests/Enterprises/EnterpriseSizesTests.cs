using Applications.Domain.Enterprises;

namespace Applications.Domain.Tests.Enterprises;

public sealed class EnterpriseSizesTests
{
    [Theory]
    [InlineData(1000, 40_000, false, EnterpriseSize.Large)]
    [InlineData(999, 90_000, false, EnterpriseSize.Medium)]
    [InlineData(5000, 39_999, false, EnterpriseSize.Medium)]
    [InlineData(300, 2_000, false, EnterpriseSize.Medium)]
    [InlineData(299, 2_000, false, EnterpriseSize.Small)]
    [InlineData(20, 300, false, EnterpriseSize.Small)]
    [InlineData(19, 300, false, EnterpriseSize.Micro)]
    [InlineData(300, 10_000, true, EnterpriseSize.Large)]
    [InlineData(299, 10_000, true, EnterpriseSize.Medium)]
    [InlineData(10, 50, true, EnterpriseSize.Small)]
    public void Classify_NeedsBothLines(int staff, long wan, bool software, EnterpriseSize size) =>
        Assert.Equal(size, EnterpriseSizes.Classify(staff, wan * 1_000_000, software));
}
