using ContainerSandbox.Engine.Environments;

namespace ContainerSandbox.Engine.Monitoring;

/// <summary>Reads what an environment uses.</summary>
internal interface IResourceSampler
{
    /// <summary>Takes a sample now. What cannot be read is a gap with its reason, never a failure.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<ResourceSample> TakeAsync(LiveEnvironment environment, CancellationToken cancellationToken);
}
