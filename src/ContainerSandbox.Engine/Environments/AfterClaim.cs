using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Monitoring;
using ContainerSandbox.Engine.Ownership;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Environments;

/// <summary>What is done for an environment once its caller has it: the engine's work for people's eyes and for its first command.</summary>
internal sealed class AfterClaim(ISandboxBackend backend, ResourceSampler sampler, BackgroundWork background, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    /// <summary>Begins it; it owns itself from then on.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="isSampled">False when its first sample has still to be taken.</param>
    public void Begin(LiveEnvironment environment, bool isSampled)
    {
        if (!isSampled)
            background.Start("taking the first sample of an environment", async token => await sampler.TakeAsync(environment, token).ConfigureAwait(false));
        if (!environment.Slot.Sessions.Opening.IsCompletedSuccessfully)
            background.Start("waiting for the sessions of a container", _ => environment.WatchOpeningAsync());
        background.Start("forking ahead of an agent's first command", async cancellationToken =>
        {
            await Task.Delay(Moment, timeProvider, cancellationToken).ConfigureAwait(false);
            await environment.Slot.Sessions.ForkAheadAsync(cancellationToken).ConfigureAwait(false);
        });
        background.Start("naming a container after its agent", token => NameAsync(environment, token));
    }

    private async Task NameAsync(LiveEnvironment environment, CancellationToken cancellationToken)
    {
        var name = ContainerNames.Claimed(environment.Slot.Name, environment.AgentId);
        try
        {
            var given = await environment.Naming.GiveAsync(
                Moment,
                () => backend.UpdateContainerAsync(environment.Slot.ContainerId, new ContainerUpdate(Name: name), cancellationToken),
                cancellationToken).ConfigureAwait(false);
            if (given)
                environment.ContainerName = name;
        }
        catch (SandboxException exception)
        {
            EngineLog.RenameFailed(logger, environment.AgentId, exception.Message);
        }
    }
}
