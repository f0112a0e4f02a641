using ContainerSandbox.Engine.Pools;

namespace ContainerSandbox.Engine.Tests.Pools;

/// <summary>Several pools that share one bound of starts.</summary>
public sealed class StartLaneTests
{
    private readonly StartLane _lane = new();
    private readonly List<string> _granted = [];

    [Fact]
    public void As_many_enter_as_the_width_allows_and_the_next_is_granted_a_place_that_becomes_free()
    {
        Assert.True(Enter("a", 2));
        Assert.True(Enter("b", 2));
        Assert.False(Enter("c", 2));
        Assert.Empty(_granted);
        _lane.Leave();
        Assert.Equal(["c"], _granted);
    }

    [Fact]
    public void Places_go_round_in_the_order_in_which_they_were_asked_for()
    {
        Assert.True(Enter("a", 1));
        Assert.False(Enter("b", 1));
        Assert.False(Enter("c", 1));
        Assert.False(Enter("b", 1));
        _lane.Leave();
        Assert.False(Enter("a", 1));
        _lane.Leave();
        _lane.Leave();
        _lane.Leave();
        Assert.Equal(["b", "c", "a"], _granted);
        Assert.True(Enter("d", 1));
    }

    [Fact]
    public void Nobody_goes_past_one_who_waits_for_more_room()
    {
        Assert.True(Enter("a", 2));
        Assert.False(Enter("narrow", 1));
        Assert.False(Enter("wide", 2));
        _lane.Leave();
        Assert.Equal(["narrow", "wide"], _granted);
    }

    [Fact]
    public void A_place_that_is_not_used_goes_to_the_next()
    {
        Assert.True(Enter("a", 1));
        Assert.False(_lane.TryEnter(lane => lane.Leave(), 1));
        Assert.False(Enter("c", 1));
        _lane.Leave();
        Assert.Equal(["c"], _granted);
    }

    private readonly Dictionary<string, Action<StartLane>> _pools = [];

    private bool Enter(string pool, int width)
    {
        if (!_pools.TryGetValue(pool, out var granted))
            _pools[pool] = granted = _ => _granted.Add(pool);
        return _lane.TryEnter(granted, width);
    }
}
