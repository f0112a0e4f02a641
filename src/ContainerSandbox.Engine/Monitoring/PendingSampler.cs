using ContainerSandbox.Engine.Environments;

namespace ContainerSandbox.Engine.Monitoring;

/// <summary>Stands where samples are not taken: gives gaps.</summary>
internal sealed class PendingSampler(string sandboxId, TimeProvider timeProvider) : IResourceSampler
{
    public ValueTask<ResourceSample> TakeAsync(LiveEnvironment environment, CancellationToken cancellationToken) => ValueTask.FromResult(new ResourceSample
    {
        AgentId = environment.AgentId,
        SandboxId = sandboxId,
        EnvironmentId = environment.EnvironmentId,
        Timestamp = timeProvider.GetUtcNow(),
        GapReason = "samples are not taken yet",
    });
}
