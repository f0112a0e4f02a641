using ContainerSandbox.Engine.Environments;

namespace ContainerSandbox.Engine.Tests.Environments;

public sealed class EnvironmentTableTests
{
    private readonly EnvironmentTable _table = new("default");

    [Fact]
    public void An_agent_id_that_is_drawn_is_none_that_an_environment_has()
    {
        using var taken = _table.Reserve("calm-otter-0001");
        var drawn = new Queue<string>(["calm-otter-0001", "CALM-otter-0001", "calm-otter-0002"]);

        Assert.Equal("calm-otter-0002", _table.Draw(drawn.Dequeue));
    }

    [Fact]
    public void A_reservation_that_is_given_up_frees_the_id()
    {
        using (_table.Reserve("a"))
            Assert.Throws<SandboxException>(() => _table.Reserve("A"));
        _table.Reserve("A").Dispose();
    }

    [Fact]
    public void A_reservation_given_up_twice_does_not_free_anothers()
    {
        var first = _table.Reserve("a");
        first.Dispose();
        using var second = _table.Reserve("a");
        first.Dispose();
        Assert.Throws<SandboxException>(() => _table.Reserve("a"));
    }

    [Fact]
    public void A_reserved_id_has_no_environment()
    {
        using var reservation = _table.Reserve("a");
        Assert.Empty(_table.All);
        Assert.Equal(SandboxErrorId.AgentEnvironmentNotFound, Assert.Throws<SandboxException>(() => _table.Get("a", null)).ErrorId);
        Assert.Null(_table.FindByContainer("1"));
    }
}
