using ContainerSandbox.Presentation.Live;
using Xunit;

namespace ContainerSandbox.Presentation.Tests;

/// <summary>What keys do to a live view.</summary>
public sealed class ViewStateTests
{
    [Fact]
    public void S_GoesThroughTheColumnsAndBegins()
    {
        var state = new ViewState();
        var seen = new List<SortColumn>();
        for (var press = 0; press < Enum.GetValues<SortColumn>().Length; press++)
            seen.Add((state = state.Press(Key('s'))).Sort);

        Assert.Equal([.. Enum.GetValues<SortColumn>().Skip(1), SortColumn.Health], seen);
    }

    [Fact]
    public void F_GoesThroughHealthAndBegins()
    {
        var state = new ViewState();
        var seen = new List<HealthStatus?>();
        for (var press = 0; press < 5; press++)
            seen.Add((state = state.Press(Key('F'))).Filter);

        Assert.Equal([HealthStatus.Critical, HealthStatus.Warning, HealthStatus.Unknown, HealthStatus.Healthy, null], seen);
    }

    [Fact]
    public void Space_FreezesAndGoesOn()
    {
        var frozen = new ViewState().Press(Key(' '));

        Assert.True(frozen.IsFrozen);
        Assert.Equal(new ViewState(), frozen.Press(Key(' ')));
    }

    [Fact]
    public void QAndEscape_End()
    {
        Assert.True(new ViewState().Press(Key('q')).IsOver);
        Assert.True(new ViewState().Press(new ConsoleKeyInfo('\u001b', ConsoleKey.Escape, false, false, false)).IsOver);
        Assert.Equal(new ViewState(), new ViewState().Press(Key('x')));
    }

    [Theory]
    [InlineData(SortColumn.Health, "agent-3 agent-2 agent-6 agent-4 agent-1 agent-5")]
    [InlineData(SortColumn.Agent, "agent-1 agent-2 agent-3 agent-4 agent-5 agent-6")]
    [InlineData(SortColumn.Memory, "agent-6 agent-5 agent-4 agent-3 agent-2 agent-1")]
    internal void Agents_AreSorted(SortColumn sort, string order) => Assert.Equal(
        order.Split(' '), new ViewState { Sort = sort }.Arrange(LiveSamples.Make().Agents).Select(agent => agent.Environment.AgentId));

    [Fact]
    public void Filter_LeavesThatHealthAlone() => Assert.Equal(
        ["agent-2", "agent-6"],
        new ViewState { Filter = HealthStatus.Warning }.Arrange(LiveSamples.Make().Agents).Select(agent => agent.Environment.AgentId));

    internal static ConsoleKeyInfo Key(char character) => new(character, default, false, false, false);
}
