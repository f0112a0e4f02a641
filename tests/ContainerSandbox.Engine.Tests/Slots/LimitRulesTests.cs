using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Tests.Slots;

public sealed class LimitRulesTests
{
    private const long Least = 16L * 1024 * 1024;

    [Theory]
    [InlineData(0, 1, 256)]
    [InlineData(-1, 1, 256)]
    [InlineData(Least - 1, 1, 256)]
    [InlineData(Least, 0, 256)]
    [InlineData(Least, -1, 256)]
    [InlineData(Least, 0.009, 256)]
    [InlineData(Least, double.NaN, 256)]
    [InlineData(Least, double.PositiveInfinity, 256)]
    [InlineData(Least, 1, 15)]
    [InlineData(Least, 1, 0)]
    [InlineData(Least, 1, -1)]
    public void Limits_under_which_nothing_would_work_are_refused(long memory, double cpu, int pids)
    {
        var exception = Assert.Throws<SandboxException>(() => LimitRules.Check(new ResourceLimits(memory, cpu, pids)));
        Assert.Equal(SandboxErrorId.LimitTooSmall, exception.ErrorId);
        Assert.Equal(SandboxErrorCategory.InvalidArgument, exception.Category);
    }

    [Theory]
    [InlineData(Least, 0.01, 16)]
    [InlineData(1L << 40, 128, 100_000)]
    public void Limits_from_the_least_on_are_taken(long memory, double cpu, int pids) => LimitRules.Check(new ResourceLimits(memory, cpu, pids));
}
