using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Images;
using ContainerSandbox.Engine.Ownership;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Diagnosis;

/// <summary>
/// Looks at everything that a sandbox rests on, from the socket to a command in a container, and goes on where something is wrong, as far as
/// that lets it.
/// </summary>
internal sealed class EngineDoctor(
    ISandboxBackendFactory backends, EngineCheckOptions options, EndedSandboxes ended, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>Makes all checks.</summary>
    /// <param name="observer">Hears which one is under way.</param>
    /// <param name="cancellationToken">Ends them; nothing stays.</param>
    public async Task<IReadOnlyList<EngineCheck>> CheckAsync(ISandboxObserver observer, CancellationToken cancellationToken)
    {
        var checks = new List<EngineCheck>();
        Report(observer, "looking for the engine", 0);
        var backend = await ConnectionCheck.RunAsync(backends, options.Endpoint, checks, timeProvider, cancellationToken).ConfigureAwait(false);
        if (backend is null)
            return checks;
        await using (backend.ConfigureAwait(false))
        {
            try
            {
                await CheckAsync(backend, checks, observer, cancellationToken).ConfigureAwait(false);
            }
            catch (SandboxException exception)
            {
                checks.Add(Findings.Failed("Engine", exception.Message, "Look whether the engine works (`docker version`), and restart it if it does not."));
            }
        }

        return checks;
    }

    /// <summary>Does what can be done without harm: removes what provably is nobody's, and brings the image.</summary>
    /// <param name="check">The name of the check that found it.</param>
    /// <param name="cancellationToken">Ends the repair.</param>
    /// <exception cref="SandboxException">It could not be done.</exception>
    public async Task RepairAsync(string check, CancellationToken cancellationToken)
    {
        var backend = await backends.ConnectAsync(options.Endpoint, timeProvider, cancellationToken).ConfigureAwait(false);
        await using (backend.ConfigureAwait(false))
        {
            if (check == LeftoverCheck.Name)
            {
                await Sweep(backend).RunAsync(cancellationToken).ConfigureAwait(false);
                await Networks(backend).RunAsync(await backend.ListNetworksAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
            else if (check == ImageCheck.Name)
                await new ImageLibrary(backend, StartupOptimization.Development, logger).GetAsync(options.Image, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CheckAsync(ISandboxBackend backend, List<EngineCheck> checks, ISandboxObserver observer, CancellationToken cancellationToken)
    {
        var asked = timeProvider.GetUtcNow();
        var facts = await backend.DescribeAsync(cancellationToken).ConfigureAwait(false);
        checks.Add(ClockCheck.Run(facts, asked, timeProvider.GetUtcNow()));
        checks.AddRange(StorageCheck.Run(facts));

        Report(observer, "looking for what was left behind", 20);
        checks.Add(await LeftoverCheck.RunAsync(backend, Sweep(backend), Networks(backend), cancellationToken).ConfigureAwait(false));

        Report(observer, $"looking for the image '{options.Image}'", 40);
        var image = await ImageCheck.RunAsync(backend, options.Image, checks, cancellationToken).ConfigureAwait(false);

        var capabilities = await backend.ProbeAsync(cancellationToken).ConfigureAwait(false);
        Report(observer, "starting a container", 60);
        var start = new StartCheck(options, backend, capabilities, timeProvider, logger);
        checks.AddRange(image ? await start.RunAsync(cancellationToken).ConfigureAwait(false) : start.NotMade("there is no image to start"));

        // An engine says only when it makes a container what it cannot enforce.
        capabilities = await backend.ProbeAsync(cancellationToken).ConfigureAwait(false);
        checks.AddRange(CapabilityCheck.Run(capabilities.Engine, facts));
    }

    private OrphanSweep Sweep(ISandboxBackend backend) => new(backend, OwnerIdentity.Current, ended, timeProvider, logger);

    private OrphanNetworks Networks(ISandboxBackend backend) => new(backend, OwnerIdentity.Current, ended, logger);

    private static void Report(ISandboxObserver observer, string status, int percent) =>
        observer.Report(new SandboxProgress("Examining the engine", status, percent));
}
