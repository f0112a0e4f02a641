using ContainerSandbox.Engine.Environments;

namespace ContainerSandbox.Engine.Monitoring;

/// <summary>Takes a sample of each of several environments: one after another where that needs no call, and all calls at once.</summary>
internal static class SampleSweep
{
    /// <summary>The samples, in the order of the environments.</summary>
    public static async Task<IReadOnlyList<ResourceSample>> RunAsync(
        IResourceSampler sampler, IReadOnlyList<LiveEnvironment> environments, CancellationToken cancellationToken) =>
        await Task.WhenAll(environments.Select(environment => sampler.TakeAsync(environment, cancellationToken).AsTask())).ConfigureAwait(false);
}
