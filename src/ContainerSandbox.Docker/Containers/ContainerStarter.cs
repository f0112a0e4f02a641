using System.Net;
using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Docker.Networks;
using ContainerSandbox.Docker.Probing;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Containers;

/// <summary>Makes a container, takes hold of its input, and only then starts it: so it never runs without a lease.</summary>
internal sealed class ContainerStarter(
    IDockerClient client, EngineCall call, ShellCheck shell, PlatformCheck platform, Leftovers leftovers, UnenforcedLimits unenforced, PodmanContainers? podman)
{
    // Long enough for an engine in good health to have removed what failed before the caller hears of it.
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(2);

    /// <summary>Starts a container; when that fails or is cancelled, what was made goes away by itself.</summary>
    public async Task<IContainerLease> StartAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string? id = null;
        MultiplexedStream? input = null;
        try
        {
            id = await CreateAsync(spec, cancellationToken).ConfigureAwait(false);
            await shell.EnsureAsync(spec, id, cancellationToken).ConfigureAwait(false);
            input = await AttachAsync(id, cancellationToken).ConfigureAwait(false);
            await LaunchAsync(spec, id, cancellationToken).ConfigureAwait(false);
            await platform.EnsureAsync(spec, id, cancellationToken).ConfigureAwait(false);
            if (podman is not null)
                await podman.GivePlacesAsync(spec, id, cancellationToken).ConfigureAwait(false);
            return new DockerLease(id, input);
        }
        catch (Exception failure)
        {
            input?.Dispose();
            await ClearAsync(spec, id, failure).ConfigureAwait(false);
            if (EngineInit.IsMissing(failure))
                throw EngineInit.Missing(call.Endpoint, failure);
            if (spec.Network is { } network && MissingNetwork.IsCauseOf(failure))
                throw MissingNetwork.Error(network, failure);
            if (BindSource.IsMissing(spec, failure))
                throw BindSource.Missing(spec, call.Endpoint, failure);
            throw;
        }
    }

    private async Task<string> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        CreateContainerResponse created;
        var request = ContainerRequest.Create(spec);
        using var profile = podman?.Rewrite(spec, request);
        try
        {
            created = await call.RunAsync(
                new EngineRequest($"make the container '{spec.Name}'", Deadlines.Start, spec.Name),
                token => client.Containers.CreateContainerAsync(request, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (SandboxException exception) when (exception.InnerException is DockerApiException { StatusCode: HttpStatusCode.Conflict })
        {
            // Nothing else of a creation can be in conflict than the name.
            throw new SandboxException(exception.ErrorId, SandboxErrorCategory.ResourceExists, exception.Message, spec.Name, exception);
        }

        unenforced.Learn(created.Warnings);
        return created.ID;
    }

    private Task<MultiplexedStream> AttachAsync(string id, CancellationToken cancellationToken) => call.RunAsync(
        EngineRequest.About(id, $"hand over the input of the container '{id}'", Deadlines.Start),
        token => client.Containers.AttachContainerAsync(id, new ContainerAttachParameters { Stream = true, Stdin = true }, token),
        cancellationToken);

    // The engine does not mind being told to start what it started.
    private Task<bool> LaunchAsync(ContainerSpec spec, string id, CancellationToken cancellationToken) => call.RunAsync(
        EngineRequest.About(id, $"start the container '{spec.Name}'", Deadlines.Start) with { IsRepeatable = true },
        token => client.Containers.StartContainerAsync(id, null, token),
        cancellationToken);

    private async Task ClearAsync(ContainerSpec spec, string? id, Exception failure)
    {
        // Refused outright, nothing was made. Unanswered or cancelled, it may have been, or will be.
        var refused = failure is SandboxException { ErrorId: SandboxErrorId.EngineError or SandboxErrorId.ImageNotFound, Category: not SandboxErrorCategory.ProtocolError };
        if (id is null && refused)
            return;
        var removal = id is null ? leftovers.RemoveAsync(spec) : leftovers.RemoveAsync(id);

        // There is no good health to wait for, or nobody who waits.
        if (failure is OperationCanceledException or SandboxException { ErrorId: SandboxErrorId.EngineLost or SandboxErrorId.EngineNotResponding })
            return;
        try
        {
            await removal.WaitAsync(Courtesy, call.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return;
        }
    }
}
