using System.Net;
using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Networks;

/// <summary>Makes, lists and removes networks.</summary>
internal sealed class NetworkStore(IDockerClient client, EngineCall call)
{
    // Words of the engine's refusals, older and newer.
    private static readonly string[] Exhausted = ["non-overlapping IPv4 address pool", "address pools have been fully subnetted"];

    /// <summary>Makes a bridge without traffic between its containers.</summary>
    public async Task<string> CreateAsync(NetworkSpec spec, CancellationToken cancellationToken)
    {
        var parameters = new NetworksCreateParameters
        {
            Name = spec.Name,
            Driver = "bridge",
            Labels = new Dictionary<string, string>(spec.Labels),
            Options = new Dictionary<string, string> { ["com.docker.network.bridge.enable_icc"] = "false" },
        };
        try
        {
            var created = await call.RunAsync(
                new EngineRequest($"make the network '{spec.Name}'", Deadlines.Start, spec.Name),
                token => client.Networks.CreateNetworkAsync(parameters, token),
                cancellationToken).ConfigureAwait(false);
            return created.ID;
        }
        catch (SandboxException exception) when (IsExhausted(exception))
        {
            throw new SandboxException(
                SandboxErrorId.AddressPoolsExhausted,
                SandboxErrorCategory.ResourceUnavailable,
                "The engine has no addresses left for one more network. Remove networks that nothing uses (docker network prune), or give the engine "
                + "more of them (\"default-address-pools\" in its daemon.json, then restart it).",
                spec.Name,
                exception);
        }
    }

    /// <summary>Lists all that there are.</summary>
    public async Task<IReadOnlyList<BackendNetwork>> ListAsync(CancellationToken cancellationToken)
    {
        var found = await call.RunAsync(
            EngineRequest.Question("list networks"),
            token => client.Networks.ListNetworksAsync(new NetworksListParameters(), token),
            cancellationToken).ConfigureAwait(false);
        return [.. found.Select(network => new BackendNetwork(network.ID, network.Name, new Dictionary<string, string>(network.Labels ?? new Dictionary<string, string>())))];
    }

    /// <summary>Removes one that no container uses; false when there is none.</summary>
    public Task<bool> RemoveAsync(string networkId, CancellationToken cancellationToken) => call.RunAsync(
        new EngineRequest($"remove the network '{networkId}'", Deadlines.Remove, networkId) { IsRepeatable = true },
        async token =>
        {
            try
            {
                await client.Networks.DeleteNetworkAsync(EngineId.Escape(networkId), token).ConfigureAwait(false);
                return true;
            }
            catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
            {
                return false;
            }
        },
        cancellationToken);

    private static bool IsExhausted(SandboxException exception) =>
        exception.InnerException is DockerApiException refused
        && Exhausted.Any(words => (refused.ResponseBody ?? "").Contains(words, StringComparison.OrdinalIgnoreCase));
}
