using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Openers;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Slots;
using ContainerSandbox.Engine.Workspaces;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>Makes a sandbox: engine, what dead owners left, images, pools.</summary>
internal sealed class SandboxInitializer(ISandboxBackendFactory backends, EndedSandboxes ended, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>Makes it, or leaves nothing.</summary>
    public async Task<Sandbox> InitializeAsync(
        SandboxOptions options, string sandboxId, Action<Sandbox> removed, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        LimitRules.Check(new ResourceLimits(options.Memory, options.Cpu, options.PidsLimit));
        TemplateRules.Check(options);
        WorkspaceOpening.Check(options);
        OpenerRules.Check(options.Openers);
        SandboxOpeners[] openers = [options.Openers, .. options.Templates.Select(template => template.Openers.Over(options.Openers))];
        var profiles = new SecurityProfiles(options.SecurityProfilePath);
        foreach (var each in openers)
            await profiles.LoadAsync(each, cancellationToken).ConfigureAwait(false);

        observer.Report(new SandboxProgress("Initializing the sandbox", "connecting to the engine", 0));
        var backend = await backends.ConnectAsync(options.Endpoint, timeProvider, cancellationToken).ConfigureAwait(false);
        SandboxParts? parts = null;
        BoundWorkspace? workspace = null;
        ended.Begin(sandboxId);
        void Forget(Sandbox sandbox)
        {
            ended.End(sandboxId);
            removed(sandbox);
        }

        try
        {
            var capabilities = await backend.ProbeAsync(cancellationToken).ConfigureAwait(false);
            foreach (var each in openers)
                OpenerRules.CheckOn(capabilities, each);
            EngineLog.Connected(logger, capabilities.Engine, capabilities.Engine.ApiVersion);
            var identity = new SandboxIdentity(sandboxId, options.Name, OwnerIdentity.Current);
            await new OrphanSweep(backend, identity.Owner, ended, timeProvider, logger).RunAsync(cancellationToken).ConfigureAwait(false);
            var networks = await backend.ListNetworksAsync(cancellationToken).ConfigureAwait(false);
            await new OrphanNetworks(backend, identity.Owner, ended, logger).RunAsync(networks, cancellationToken).ConfigureAwait(false);
            var images = await backend.ListImagesAsync(cancellationToken).ConfigureAwait(false);

            workspace = options.Workspace is { } folder
                ? await OpenAsync(folder, options.Openers.User, new OwnerRecord(sandboxId, identity.Owner), cancellationToken).ConfigureAwait(false) : null;
            parts = new SandboxParts(options, profiles, identity, backend, capabilities, logger, timeProvider, workspace);
            parts.Networks.See(networks);
            var sandbox = new Sandbox(parts, [.. images.SelectMany(each => each.References)], logger, timeProvider, Forget);
            SandboxWatching.Start(parts, timeProvider, logger);
            await new PoolFilling(parts, observer, timeProvider, logger).RunAsync(cancellationToken).ConfigureAwait(false);
            sandbox.MarkInitialized(timeProvider.GetElapsedTime(start));
            return sandbox;
        }
        catch
        {
            await GiveUpAsync(parts, backend).ConfigureAwait(false);
            await (workspace?.CloseAsync() ?? Task.CompletedTask).ConfigureAwait(false);
            ended.End(sandboxId);
            throw;
        }
    }

    private async Task<BoundWorkspace> OpenAsync(string folder, long? user, OwnerRecord owner, CancellationToken cancellationToken)
    {
        var workspace = await new WorkspaceOpening(folder, user, owner, ended, timeProvider, logger).RunAsync(cancellationToken).ConfigureAwait(false);
        await new WorkspaceRehearsal(owner, timeProvider, logger).RunAsync(cancellationToken).ConfigureAwait(false);
        return workspace;
    }

    private static async Task GiveUpAsync(SandboxParts? parts, ISandboxBackend backend)
    {
        if (parts is not null)
            await parts.EndUnusedAsync().ConfigureAwait(false);
        await backend.DisposeAsync().ConfigureAwait(false);
    }
}
