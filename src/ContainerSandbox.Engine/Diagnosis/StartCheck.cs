using System.Globalization;
using System.Security.Cryptography;
using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Openers;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Sandboxes;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Diagnosis;

/// <summary>Starts a container as a pool does, has everything in it tried, and ends it.</summary>
internal sealed class StartCheck(
    EngineCheckOptions options, ISandboxBackend backend, BackendCapabilities capabilities, TimeProvider timeProvider, ILogger logger)
{
    private const string Init = "Init";
    private const string Shell = "Shell";
    private const string Start = "Start";
    private const string Runtime = "Runtime";
    private const string Network = "Network";

    private IEnumerable<string> Names => [Init, Shell, .. options.Runtime is null ? [] : new[] { Runtime }, .. options.Network is null ? [] : new[] { Network }, Start];

    /// <summary>What is said where no start can be tried.</summary>
    public IReadOnlyList<EngineCheck> NotMade(string why) => [.. Names.Select(name => Findings.Unknown(name, $"Not tried: {why}."))];

    /// <summary>Tries it.</summary>
    public async Task<IReadOnlyList<EngineCheck>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var took = await TryAsync(cancellationToken).ConfigureAwait(false);
            var seconds = took.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
            return [.. Names.Select(name => Passed(name, seconds))];
        }
        catch (SandboxException exception)
        {
            return Explain(exception);
        }
    }

    private async Task<TimeSpan> TryAsync(CancellationToken cancellationToken)
    {
        var openers = new SandboxOpeners { Runtime = options.Runtime, Network = options.Network };
        OpenerRules.Check(openers);
        OpenerRules.CheckOn(capabilities, openers);
        var profiles = new SecurityProfiles(options.SecurityProfilePath);
        await profiles.LoadAsync(openers, cancellationToken).ConfigureAwait(false);
        var identity = new SandboxIdentity(RandomNumberGenerator.GetHexString(8, lowercase: true), "doctor", OwnerIdentity.Current);
        var trial = new SandboxOptions
        {
            Name = identity.Name,
            Image = options.Image,
            SecurityProfilePath = options.SecurityProfilePath,
            Openers = openers,
            Optimization = new StartupOptimization { WarmupContainers = 0, StartupTimeout = options.StartupTimeout },
        };
        var parts = new SandboxParts(trial, profiles, identity, backend, capabilities, logger, timeProvider);
        try
        {
            var start = timeProvider.GetTimestamp();
            await parts.Rehearsal.TryTemplateAsync(parts.Pools.Default, cancellationToken).ConfigureAwait(false);
            return timeProvider.GetElapsedTime(start);
        }
        finally
        {
            await parts.EndUnusedAsync().ConfigureAwait(false);
        }
    }

    private EngineCheck Passed(string name, string seconds) => Findings.Passed(name, name switch
    {
        Init => "The engine has an init program.",
        Shell => $"'{options.Image}' has a shell.",
        Runtime => $"The runtime '{options.Runtime}' starts containers.",
        Network => $"Containers join the network '{options.Network}'.",
        _ => $"A hardened container was ready after {seconds} s.",
    });

    // What comes before it and after it was not reached, or nobody knows.
    private IReadOnlyList<EngineCheck> Explain(SandboxException exception)
    {
        var (name, remedy) = exception.ErrorId switch
        {
            SandboxErrorId.EngineHasNoInit => (Init, "sudo apt-get install tini   # or name one with init-path in /etc/docker/daemon.json"),
            SandboxErrorId.ImageHasNoShell => (Shell, "Give an -Image with /bin/sh in it."),
            SandboxErrorId.ImagePlatformDiffers => (Start, "Give an -Image that is built for the engine's platform."),
            SandboxErrorId.RuntimeNotFound => (Runtime, "Give another -Runtime, or name this one under \"runtimes\" in /etc/docker/daemon.json."),
            SandboxErrorId.AddressPoolsExhausted => (Network, "docker network prune   # or give the engine more with default-address-pools in /etc/docker/daemon.json"),
            SandboxErrorId.NetworkNotFound or SandboxErrorId.InvalidNetwork => (Network, "docker network ls   # shows those that exist"),
            SandboxErrorId.NetworkNotIsolated => (Network, "Let the engine manage iptables (no \"iptables\": false in /etc/docker/daemon.json)."),
            SandboxErrorId.StartTimedOut when options.Runtime is not null => (Runtime, "Give another -Runtime; this one does not start containers here."),
            SandboxErrorId.StartTimedOut => (Start, "Look at the load of the engine's machine, then try again."),
            _ => (Start, "docker info   # and the engine's log, `journalctl -u docker`, say more"),
        };
        return [.. Names.Select(each => each == name ? Findings.Failed(name, exception.Message, remedy) : Findings.Unknown(each, "The start did not come so far."))];
    }
}
