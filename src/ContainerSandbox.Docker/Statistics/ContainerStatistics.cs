using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Statistics;

/// <summary>Asks the engine what a container uses, and where it runs.</summary>
internal sealed class ContainerStatistics(IDockerClient client, EngineCall call)
{
    /// <summary>The number of its main process.</summary>
    public async Task<int> GetProcessIdAsync(string containerId, CancellationToken cancellationToken)
    {
        var found = await call.RunAsync(
            EngineRequest.About(containerId, $"tell where the container '{containerId}' runs", Deadlines.Question) with { IsRepeatable = true },
            token => client.Containers.InspectContainerAsync(EngineId.Escape(containerId), token),
            cancellationToken).ConfigureAwait(false);
        return found.State is { Running: true } state ? (int)state.Pid : 0;
    }

    /// <summary>What it uses. One answer, which the engine gives when its counting comes round.</summary>
    public async Task<ResourceReading> ReadAsync(string containerId, CancellationToken cancellationToken)
    {
        var answer = new FirstAnswer();
        await call.RunAsync(
            EngineRequest.About(containerId, $"tell what the container '{containerId}' uses", Deadlines.Question) with { IsRepeatable = true },
            token => client.Containers.GetContainerStatsAsync(
                EngineId.Escape(containerId), new ContainerStatsParameters { Stream = false, OneShot = true }, answer, token),
            cancellationToken).ConfigureAwait(false);
        return StatisticsReading.From(answer.Value) ?? throw EngineErrors.Refused(
            EngineRequest.About(containerId, $"tell what the container '{containerId}' uses", Deadlines.Question), "it has no figures, as of a container that does not run");
    }

    // Progress<T> would hand the answer over later, on another thread.
    private sealed class FirstAnswer : IProgress<ContainerStatsResponse>
    {
        public ContainerStatsResponse? Value { get; private set; }

        public void Report(ContainerStatsResponse value) => Value ??= value;
    }
}
