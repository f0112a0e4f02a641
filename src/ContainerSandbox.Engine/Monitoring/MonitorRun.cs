using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Events;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Optimization;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Monitoring;

/// <summary>
/// One run of a sandbox's monitor: a sweep of all environments at an interval. Sweeps never overlap: those that come due while one runs are
/// skipped and counted.
/// </summary>
internal sealed class MonitorRun : IDisposable
{
    private readonly EnvironmentTable _environments;
    private readonly IResourceSampler _sampler;
    private readonly HealthWatch _health;
    private readonly EventLog _events;
    private readonly AutomaticOptimization _optimization;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly SweepStatistics _statistics = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DateTimeOffset _startedAt;
    private readonly long _start;
    private long _end;

    public MonitorRun(
        EnvironmentTable environments, IResourceSampler sampler, HealthWatch health, EventLog events, AutomaticOptimization optimization, TimeSpan interval, TimeProvider timeProvider, ILogger logger)
    {
        _environments = environments;
        _sampler = sampler;
        _health = health;
        _events = events;
        _optimization = optimization;
        _timeProvider = timeProvider;
        _logger = logger;
        Interval = interval;
        _startedAt = timeProvider.GetUtcNow();
        _start = timeProvider.GetTimestamp();
    }

    public TimeSpan Interval { get; }

    /// <summary>Ends when it does.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Sweeps until it is stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        _events.MonitorStarted(Interval);
        try
        {
            for (long tick = 0; ; tick = await WaitForNextAsync(tick, either.Token).ConfigureAwait(false))
                await SweepAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
        }
        finally
        {
            _end = _timeProvider.GetTimestamp();
            _events.MonitorStopped();
            _ended.TrySetResult();
        }
    }

    /// <summary>Ends it, and waits for the sweep that runs.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
    }

    /// <summary>What it is now.</summary>
    public SandboxMonitorInfo Describe(string sandboxId, string name)
    {
        var isRunning = !Ended.IsCompleted;
        return _statistics.Describe(
            sandboxId, name, isRunning, Interval, _startedAt, _timeProvider.GetElapsedTime(_start, isRunning ? _timeProvider.GetTimestamp() : _end)) with { AutoOptimize = _optimization.ChangesLimits };
    }

    public void Dispose() => _stopping.Dispose();

    private async Task<long> WaitForNextAsync(long tick, CancellationToken cancellationToken)
    {
        var elapsed = _timeProvider.GetElapsedTime(_start);

        // A timer may go off a little early; that is the tick that it was for all the same.
        var next = Math.Max(tick, elapsed.Ticks / Interval.Ticks) + 1;
        if (_statistics.Skipped(next - tick - 1) is { } isDegraded)
            _events.MonitorPace(isDegraded, Interval);
        await Task.Delay(next * Interval - elapsed, _timeProvider, cancellationToken).ConfigureAwait(false);
        return next;
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var (start, before) = (_timeProvider.GetTimestamp(), ThreadProcessorTime.Now());
        try
        {
            // Up to its first wait, which is all of it where the containers run here, it stays on this thread.
            var environments = _environments.All;
            var sweep = SampleSweep.RunAsync(_sampler, environments, cancellationToken);
            var used = ThreadProcessorTime.Now() - before;
            var samples = await sweep.ConfigureAwait(false);
            before = ThreadProcessorTime.Now();
            _health.Judge(environments, samples, Interval);
            _health.AskIfDue(environments);
            _optimization.LookIfDue();
            _statistics.Add(samples, _timeProvider.GetElapsedTime(start), used + (ThreadProcessorTime.Now() - before));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            EngineLog.SweepFailed(_logger, exception);
            _statistics.Failed(exception.Message);
        }
    }
}
