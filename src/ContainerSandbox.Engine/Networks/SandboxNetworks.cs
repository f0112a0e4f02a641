using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Slots;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Networks;

/// <summary>The networks of a sandbox's containers: its own, made and proved when it is first asked for, and those that exist without it.</summary>
internal sealed class SandboxNetworks(
    ISandboxBackend backend, SandboxIdentity sandbox, NetworkProof proof, TimeProvider timeProvider, ILogger logger)
{
    private readonly StartTurns _turns = new();
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private volatile string? _isolated;
    private SandboxException? _verdict;

    /// <summary>The names of the engine's networks when they were last listed.</summary>
    public IReadOnlyList<string> Known { get; private set; } = [];

    /// <summary>True once it may have made a network.</summary>
    public bool MayHaveOne { get; private set; }

    /// <summary>Takes note of a listing.</summary>
    public void See(IReadOnlyList<BackendNetwork> networks) => Known = [.. networks.Select(network => network.Name)];

    /// <summary>What a container of a template joins; null when it has no network.</summary>
    /// <exception cref="SandboxException">
    /// <see cref="SandboxErrorId.NetworkNotFound"/>, <see cref="SandboxErrorId.NetworkNotIsolated"/>,
    /// <see cref="SandboxErrorId.AddressPoolsExhausted"/>, or what the engine said.
    /// </exception>
    public async ValueTask<string?> GetAsync(SandboxTemplate template, BackendImage image, CancellationToken cancellationToken)
    {
        var name = template.Openers.Network;
        if (NetworkNames.IsNone(name))
            return null;
        if (name == NetworkNames.Isolated && _isolated is { } made)
            return made;
        return await _turns.RunAsync(
            async () => name == NetworkNames.Isolated
                ? _isolated ??= await MakeAsync(template, image, cancellationToken).ConfigureAwait(false)
                : await FindAsync(name!, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> MakeAsync(SandboxTemplate template, BackendImage image, CancellationToken cancellationToken)
    {
        // What an engine cannot do it will not do later either: it is not tried again for every container.
        if (_verdict is not null)
            throw _verdict;
        MayHaveOne = true;
        var start = timeProvider.GetTimestamp();
        var id = await FindOwnAsync(cancellationToken).ConfigureAwait(false)
            ?? await backend.CreateNetworkAsync(
                new NetworkSpec(NetworkIdentity.Name(sandbox.SandboxId), sandbox.Labels(template.Name, timeProvider.GetUtcNow())), cancellationToken).ConfigureAwait(false);
        try
        {
            await proof.RunAsync(template, image, id, cancellationToken).ConfigureAwait(false);
        }
        catch (SandboxException exception) when (exception.ErrorId == SandboxErrorId.NetworkNotIsolated)
        {
            _verdict = exception;
            throw;
        }

        EngineLog.NetworkProved(logger, NetworkIdentity.Name(sandbox.SandboxId), timeProvider.GetElapsedTime(start).TotalMilliseconds);
        return id;
    }

    // An attempt that was given up may have made it.
    private async Task<string?> FindOwnAsync(CancellationToken cancellationToken)
    {
        var networks = await backend.ListNetworksAsync(cancellationToken).ConfigureAwait(false);
        See(networks);
        return networks.FirstOrDefault(network => NetworkIdentity.IsOf(sandbox, network))?.Id;
    }

    private async Task<string> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (_found.Contains(name))
            return name;
        var networks = await backend.ListNetworksAsync(cancellationToken).ConfigureAwait(false);
        See(networks);
        if (!Known.Contains(name, StringComparer.Ordinal))
        {
            throw new SandboxException(
                SandboxErrorId.NetworkNotFound,
                SandboxErrorCategory.ObjectNotFound,
                $"The engine has no network '{name}'. It has: {string.Join(", ", Known.Order(StringComparer.Ordinal))}. Make it (docker network create {name}), or give {NetworkNames.None} or {NetworkNames.Isolated}.",
                name);
        }

        _found.Add(name);
        return name;
    }
}
