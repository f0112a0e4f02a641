namespace ContainerSandbox.Docker.Tests.Contract;

public abstract partial class BackendContract
{
    [Fact]
    public async Task It_says_what_time_it_is_and_where_it_is()
    {
        var before = TimeProvider.System.GetUtcNow();
        var facts = await Backend.DescribeAsync(None);

        Assert.InRange(facts.Time!.Value, before.AddMinutes(-1), before.AddMinutes(1));
        Assert.NotEqual("", facts.Machine);
        Assert.StartsWith("/", facts.DataFolder, StringComparison.Ordinal);
        Assert.False(facts.IsOpenToNetwork);
    }
}
