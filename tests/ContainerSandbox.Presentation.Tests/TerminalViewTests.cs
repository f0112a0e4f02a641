using ContainerSandbox.Presentation.Live;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContainerSandbox.Presentation.Tests;

/// <summary>How a live view comes, goes on and leaves.</summary>
public sealed class TerminalViewTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeSource _source = new();

    [Fact]
    public async Task WithoutATerminal_ItIsAnErrorBeforeAnythingIsDrawn()
    {
        var terminal = new FakeTerminal { Obstacle = "the output goes elsewhere" };

        var error = await Assert.ThrowsAsync<SandboxException>(() => Show(terminal, default));

        Assert.Equal((SandboxErrorId.NotInteractive, SandboxErrorCategory.InvalidOperation), (error.ErrorId, error.Category));
        Assert.Contains("Get-SandboxMetrics", error.Message);
        Assert.Empty(terminal.Written);
        Assert.Equal(0, _source.Reads);
    }

    [Fact]
    public async Task Q_LeavesTheTerminalAsItWas()
    {
        var terminal = new FakeTerminal();
        terminal.Keys.Enqueue(ViewStateTests.Key('q'));

        await Show(terminal, default);

        Assert.Equal((Frame.Enter, Frame.Leave), (terminal.Written[0], terminal.Written[^1]));
    }

    [Fact]
    public async Task Cancellation_LeavesTheTerminalAsItWas_ThoughSamplingNeverEnds()
    {
        var terminal = new FakeTerminal();
        _source.Sampling = _ => new TaskCompletionSource().Task;
        using var stop = new CancellationTokenSource();
        var showing = Show(terminal, stop.Token);

        await stop.CancelAsync();
        await Until(() => showing.IsCompleted);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => showing);
        Assert.Equal(Frame.Leave, terminal.Written[^1]);
    }

    [Fact]
    public async Task ASweepThatTakesLong_IsNeitherWaitedForNorOverlapped()
    {
        var terminal = new FakeTerminal();
        var sweep = new TaskCompletionSource();
        _source.Sampling = _ => sweep.Task;
        var showing = Show(terminal, default);

        await Until(() => _source.Reads >= 4);
        Assert.Equal(1, _source.Samples);
        sweep.SetResult();
        await Until(() => _source.Samples >= 3);

        terminal.Keys.Enqueue(ViewStateTests.Key('q'));
        await Until(() => showing.IsCompleted);
        await showing;
    }

    [Fact]
    public async Task AFailure_LeavesTheTerminalAsItWas()
    {
        var terminal = new FakeTerminal();
        _source.Sampling = _ => throw new SandboxException(SandboxErrorId.SandboxRemoved, SandboxErrorCategory.InvalidOperation, "removed");

        await Assert.ThrowsAsync<SandboxException>(() => Show(terminal, default));

        Assert.Equal(Frame.Leave, terminal.Written[^1]);
    }

    [Fact]
    public async Task EachSecond_ItIsReadAnew_UnlessFrozen()
    {
        var terminal = new FakeTerminal();
        var showing = Show(terminal, default);
        await Until(() => _source is { Reads: >= 4, Samples: >= 3 });

        terminal.Keys.Enqueue(ViewStateTests.Key(' '));
        await Until(() => terminal.Written[^1].Contains("frozen", StringComparison.Ordinal));
        var reads = _source.Reads;
        for (var tick = 0; tick < 100; tick++)
            _time.Advance(Tick);
        terminal.Size = new ScreenSize(40, 10);
        terminal.Keys.Enqueue(ViewStateTests.Key('s'));
        await Until(() => terminal.Written[^1].Contains("sort: Agent", StringComparison.Ordinal));

        Assert.Equal(reads, _source.Reads);
        terminal.Keys.Enqueue(ViewStateTests.Key('q'));
        await Until(() => showing.IsCompleted);
        await showing;
    }

    [Fact]
    public async Task AChangeOfSize_IsDrawn()
    {
        var terminal = new FakeTerminal();
        var showing = Show(terminal, default);

        terminal.Size = new ScreenSize(40, 5);
        await Until(() => terminal.Written[^1].Split("\u001b[2K").Length - 1 == 5);

        terminal.Keys.Enqueue(ViewStateTests.Key('q'));
        await Until(() => showing.IsCompleted);
        await showing;
    }

    private Task Show(FakeTerminal terminal, CancellationToken stop) => new TerminalView(terminal, _time).ShowAsync(_source, TimeSpan.FromSeconds(1), stop);

    // Time goes on until it has happened.
    private async Task Until(Func<bool> happened)
    {
        for (var tick = 0; tick < 20_000 && !happened(); tick++)
        {
            _time.Advance(Tick);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        Assert.True(happened());
    }
}
