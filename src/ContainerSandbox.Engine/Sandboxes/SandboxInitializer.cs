using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Slots;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>Makes a sandbox: engine, what dead owners left, image, pool.</summary>
internal sealed class SandboxInitializer(ISandboxBackendFactory backends, EndedSandboxes ended, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>Makes it, or leaves nothing.</summary>
    public async Task<Sandbox> InitializeAsync(
        SandboxOptions options, string sandboxId, Action<Sandbox> removed, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        var limits = new ResourceLimits(options.Memory, options.Cpu, options.PidsLimit);
        LimitRules.Check(limits);
        var profile = await File.ReadAllTextAsync(options.SecurityProfilePath, cancellationToken).ConfigureAwait(false);

        observer.Report(new SandboxProgress("Initializing the sandbox", "connecting to the engine", 0));
        var backend = await backends.ConnectAsync(options.Endpoint, timeProvider, cancellationToken).ConfigureAwait(false);
        SandboxParts? parts = null;
        ended.Begin(sandboxId);
        void Forget(Sandbox sandbox)
        {
            ended.End(sandboxId);
            removed(sandbox);
        }

        try
        {
            var capabilities = await backend.ProbeAsync(cancellationToken).ConfigureAwait(false);
            EngineLog.Connected(logger, capabilities.Engine, capabilities.Engine.ApiVersion);
            var identity = new SandboxIdentity(sandboxId, options.Name, OwnerIdentity.Current);
            await new OrphanSweep(backend, identity.Owner, ended, timeProvider, logger).RunAsync(cancellationToken).ConfigureAwait(false);
            var image = await ResolveAsync(backend, options.Image, observer, cancellationToken).ConfigureAwait(false);
            var template = new SandboxTemplate(SandboxTemplate.DefaultName, options.Image, image, limits, profile);
            var images = await backend.ListImagesAsync(cancellationToken).ConfigureAwait(false);

            parts = new SandboxParts(options, identity, backend, capabilities, template, logger, timeProvider);
            var sandbox = new Sandbox(
                parts, options, [.. images.SelectMany(each => each.References)], logger, timeProvider, Forget);
            sandbox.StartWatching(timeProvider);
            await FillAsync(parts, options, observer, cancellationToken).ConfigureAwait(false);
            sandbox.MarkInitialized(timeProvider.GetElapsedTime(start));
            return sandbox;
        }
        catch
        {
            await GiveUpAsync(parts, backend).ConfigureAwait(false);
            ended.End(sandboxId);
            throw;
        }
    }

    private async Task<BackendImage> ResolveAsync(
        ISandboxBackend backend, string reference, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        if (await backend.ResolveImageAsync(reference, cancellationToken).ConfigureAwait(false) is { } present)
            return present;
        EngineLog.Pulling(logger, reference);
        return await backend.PullImageAsync(reference, new PullReport(reference, observer), cancellationToken).ConfigureAwait(false);
    }

    private async Task FillAsync(SandboxParts parts, SandboxOptions options, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        using var timeout = TimeLimit.Start(options.StartupTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var target = parts.Pool.Target;
        try
        {
            await parts.Pool.FillAsync(
                ready => observer.Report(new SandboxProgress("Initializing the sandbox", $"{ready} of {target} containers ready", ready * 100 / target)),
                either.Token).ConfigureAwait(false);
            await parts.Claims.RehearseAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            EngineLog.FillingGoesOn(logger, parts.Pool.Ready, target, options.StartupTimeout.TotalSeconds);
        }
    }

    private static async Task GiveUpAsync(SandboxParts? parts, ISandboxBackend backend)
    {
        if (parts is not null)
        {
            foreach (var slot in parts.Pool.Close())
                await slot.DisposeAsync().ConfigureAwait(false);
            await parts.Background.DisposeAsync().ConfigureAwait(false);
            parts.End.Dispose();
        }

        await backend.DisposeAsync().ConfigureAwait(false);
    }
}
