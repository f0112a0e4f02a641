using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Ownership;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Networks;

/// <summary>Removes the network of a sandbox after its containers, and proves it gone.</summary>
internal sealed class NetworkRemoval(
    ISandboxBackend backend, SandboxIdentity sandbox, SandboxNetworks networks, TimeProvider timeProvider, ILogger logger)
{
    // A container that has just ended may still count as the network's for a moment.
    private static readonly TimeSpan RemovalTakes = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Removes what there is. What cannot be proved gone is left to the sweep of the next initialization, and its receipt says so.</summary>
    public async Task<IReadOnlyList<CleanupReceipt>> RunAsync()
    {
        if (!networks.MayHaveOne)
            return [];
        var start = timeProvider.GetTimestamp();
        var removed = new HashSet<string>();
        var failure = "The engine did not answer.";
        for (var pause = FirstPause; timeProvider.GetElapsedTime(start) < RemovalTakes; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var left = (await backend.ListNetworksAsync(CancellationToken.None).ConfigureAwait(false)).Where(network => NetworkIdentity.IsOf(sandbox, network)).ToArray();
                if (left.Length == 0)
                    return [.. removed.Select(id => Receipt(id, "", start))];
                foreach (var network in left)
                {
                    removed.Add(network.Id);
                    failure = "It was removed, and the engine still lists it.";
                    await backend.RemoveNetworkAsync(network.Id, CancellationToken.None).ConfigureAwait(false);
                }
            }
            catch (SandboxException exception)
            {
                failure = exception.Message;
                await Task.Delay(pause, timeProvider).ConfigureAwait(false);
            }
        }

        return [.. removed.DefaultIfEmpty("").Select(id => Receipt(id, failure, start))];
    }

    private CleanupReceipt Receipt(string id, string failure, long start)
    {
        var receipt = new CleanupReceipt
        {
            SandboxId = sandbox.SandboxId,
            Kind = CleanupKind.Network,
            Name = NetworkIdentity.Name(sandbox.SandboxId),
            ContainerId = id,
            Verified = failure.Length == 0,
            Duration = timeProvider.GetElapsedTime(start),
            RemovedAt = timeProvider.GetUtcNow(),
            Detail = failure,
        };
        EngineLog.Removed(logger, receipt.Name, receipt.Verified ? "gone" : "not proved to be gone", receipt.Duration.TotalMilliseconds);
        return receipt;
    }
}
