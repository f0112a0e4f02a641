using ContainerSandbox.Engine.Ownership;

namespace ContainerSandbox.Engine.Tests.Ownership;

/// <summary>An owner is dead only when that is sure.</summary>
public sealed class OwnerIdentityTests
{
    private static readonly OwnerIdentity Here = OwnerIdentity.Current;
    private static readonly OwnerIdentity Dead = Here with { ProcessId = Gone.ProcessId, StartTime = "123" };

    [Fact]
    public void This_process_knows_itself_and_is_alive()
    {
        Assert.NotEqual("", Here.Boot);
        Assert.NotEqual("", Here.ProcessNamespace);
        Assert.NotEqual("", Here.StartTime);
        Assert.Equal(Environment.ProcessId, Here.ProcessId);
        Assert.False(Here.IsProvablyDead(Comparable(Here)));
    }

    [Fact]
    public void A_process_that_is_gone_is_dead() => Assert.True(Comparable(Dead).IsProvablyDead(Comparable(Here)));

    [Fact]
    public void A_process_id_that_is_anothers_now_is_dead() =>
        Assert.True((Comparable(Here) with { StartTime = "1" }).IsProvablyDead(Comparable(Here)));

    [Theory]
    [InlineData("machine")]
    [InlineData("boot")]
    [InlineData("namespace")]
    [InlineData("no machine")]
    [InlineData("no machine anywhere")]
    [InlineData("no boot")]
    [InlineData("no namespace")]
    [InlineData("no start")]
    [InlineData("no process")]
    [InlineData("negative process")]
    public void What_cannot_be_compared_proves_nothing(string difference)
    {
        var here = Comparable(Here);
        var dead = Comparable(Dead);
        (dead, here) = difference switch
        {
            "machine" => (dead with { Machine = "another" }, here),
            "boot" => (dead with { Boot = "another" }, here),
            "namespace" => (dead with { ProcessNamespace = "pid:[1]" }, here),
            "no machine" => (dead with { Machine = "" }, here),
            "no machine anywhere" => (dead with { Machine = "" }, here with { Machine = "" }),
            "no boot" => (dead with { Boot = "" }, here with { Boot = "" }),
            "no namespace" => (dead with { ProcessNamespace = "" }, here with { ProcessNamespace = "" }),
            "no start" => (dead with { StartTime = "" }, here),
            "no process" => (dead with { ProcessId = 0 }, here),
            _ => (dead with { ProcessId = -1 }, here),
        };
        Assert.False(dead.IsProvablyDead(here));
    }

    // A machine without an id proves nothing: the tests must not depend on this one's.
    private static OwnerIdentity Comparable(OwnerIdentity owner) => owner with { Machine = "machine" };
}
