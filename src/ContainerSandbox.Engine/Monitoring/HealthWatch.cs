using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Health;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Metrics;

namespace ContainerSandbox.Engine.Monitoring;

/// <summary>
/// Keeps the health of environments true while a monitor runs: judges by every sample, and now and then, apart from the sweeps, asks the containers
/// themselves.
/// </summary>
internal sealed class HealthWatch(HealthCheck health, MetricsLedger metrics, BackgroundWork background, TimeProvider timeProvider)
{
    private const int ChecksAtOnce = 8;
    private static readonly TimeSpan AskInterval = TimeSpan.FromSeconds(30);

    private long? _asked;
    private int _isAsking;

    /// <summary>Judges by the samples of a sweep. One without figures tells nothing; when nothing else did for some intervals, the health is unknown.</summary>
    public void Judge(IReadOnlyList<LiveEnvironment> environments, IReadOnlyList<ResourceSample> samples, TimeSpan interval)
    {
        for (var index = 0; index < environments.Count; index++)
        {
            var (environment, sample) = (environments[index], samples[index]);
            if (environment.State == AgentEnvironmentState.Removing)
                continue;
            if (sample.GapReason.Length == 0 || environment.State == AgentEnvironmentState.Lost)
                Settle(environment, health.Judge(environment, sample));
            else if (health.Expire(environment, interval) is { } expired)
                metrics.Checked(expired);
        }
    }

    /// <summary>Asks the containers themselves, if that is due and nobody is still at it.</summary>
    public void AskIfDue(IReadOnlyList<LiveEnvironment> environments)
    {
        if ((_asked is { } asked && timeProvider.GetElapsedTime(asked) < AskInterval) || Interlocked.Exchange(ref _isAsking, 1) != 0)
            return;
        _asked = timeProvider.GetTimestamp();
        background.Start("asking environments how they are", token => AskAsync(environments, token));
    }

    private async Task AskAsync(IReadOnlyList<LiveEnvironment> environments, CancellationToken cancellationToken)
    {
        try
        {
            await Parallel.ForEachAsync(
                environments.Where(environment => environment.State == AgentEnvironmentState.Running),
                new ParallelOptions { MaxDegreeOfParallelism = ChecksAtOnce, CancellationToken = cancellationToken },
                async (environment, token) => metrics.Checked(await health.RunAsync(environment, token).ConfigureAwait(false))).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isAsking, 0);
        }
    }

    private void Settle(LiveEnvironment environment, HealthResult result)
    {
        health.Settle(environment, result);
        metrics.Checked(result);
    }
}
