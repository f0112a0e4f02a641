using ContainerSandbox.Async;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>No cmdlet holds a script for ever.</summary>
public sealed class WorkLimitTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(null, 10)]
    [InlineData(1, 10)]
    [InlineData(9, 10)]
    [InlineData(30, 31)]
    public void Limit_IsTenMinutes_UnlessAnOwnTimeoutIsLonger(int? own, int limit) =>
        Assert.Equal(TimeSpan.FromMinutes(limit), WorkLimit.For(own is { } minutes ? TimeSpan.FromMinutes(minutes) : null));

    [Fact]
    public void Limit_OfATimeoutLongerThanATimerCanCount_IsNone() => Assert.Null(WorkLimit.For(TimeSpan.FromDays(100)));

    [Fact]
    public async Task Work_ThatHeedsItsToken_EndsAtTheLimitWithAnErrorThatNamesIt()
    {
        var running = Run(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return 0;
        });
        _clock.Advance(WorkLimit.Default - TimeSpan.FromSeconds(1));
        Assert.False(running.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await AssertReachedAsync(running);
    }

    [Fact]
    public async Task Work_ThatHeedsNothing_IsLeftAMomentLater()
    {
        var never = new TaskCompletionSource<int>();
        var running = Run(_ => never.Task);
        _clock.Advance(WorkLimit.Default);
        Assert.False(running.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await AssertReachedAsync(running);
        never.SetException(new InvalidOperationException("too late to matter"));
    }

    [Fact]
    public async Task Work_ThatIsStopped_IsStoppedAndNotTooSlow()
    {
        using var stop = new CancellationTokenSource();
        var running = Run(
            async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                return 0;
            },
            stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Work_ThatEndsInTime_GivesWhatItGives()
    {
        Assert.Equal(7, await Run(_ => Task.FromResult(7)));
        await Assert.ThrowsAsync<TimeoutException>(() => Run(_ => throw new TimeoutException("its own")));
    }

    private Task<int> Run(Func<CancellationToken, Task<int>> work, CancellationToken stop = default) =>
        WorkLimit.RunAsync(work, "Remove-Sandbox", WorkLimit.Default, _clock, stop);

    private static async Task AssertReachedAsync(Task running)
    {
        var error = await Assert.ThrowsAsync<SandboxException>(() => running.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System));
        Assert.Equal((SandboxErrorId.TimeLimitReached, SandboxErrorCategory.OperationTimeout), (error.ErrorId, error.Category));
        Assert.Contains("Remove-Sandbox did not end within its limit of 10 minutes", error.Message, StringComparison.Ordinal);
    }
}
