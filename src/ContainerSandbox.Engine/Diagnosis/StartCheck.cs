using System.Globalization;
using System.Security.Cryptography;
using ContainerSandbox.Engine.Backends;
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

    /// <summary>What is said where no start can be tried.</summary>
    public static IReadOnlyList<EngineCheck> NotMade(string why) =>
        [Findings.Unknown(Init, $"Not tried: {why}."), Findings.Unknown(Shell, $"Not tried: {why}."), Findings.Unknown(Start, $"Not tried: {why}.")];

    /// <summary>Tries it.</summary>
    public async Task<IReadOnlyList<EngineCheck>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var took = await TryAsync(cancellationToken).ConfigureAwait(false);
            var seconds = took.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
            return
            [
                Findings.Passed(Init, "The engine has an init program."),
                Findings.Passed(Shell, $"'{options.Image}' has a shell."),
                Findings.Passed(Start, $"A hardened container was ready after {seconds} s."),
            ];
        }
        catch (SandboxException exception)
        {
            return Explain(exception);
        }
    }

    private async Task<TimeSpan> TryAsync(CancellationToken cancellationToken)
    {
        var profile = await File.ReadAllTextAsync(options.SecurityProfilePath, cancellationToken).ConfigureAwait(false);
        var identity = new SandboxIdentity(RandomNumberGenerator.GetHexString(8, lowercase: true), "doctor", OwnerIdentity.Current);
        var trial = new SandboxOptions
        {
            Name = identity.Name,
            Image = options.Image,
            SecurityProfilePath = options.SecurityProfilePath,
            Optimization = new StartupOptimization { WarmupContainers = 0, StartupTimeout = options.StartupTimeout },
        };
        var parts = new SandboxParts(trial, profile, identity, backend, capabilities, logger, timeProvider);
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

    private static IReadOnlyList<EngineCheck> Explain(SandboxException exception)
    {
        static EngineCheck NotReached(string name) => Findings.Unknown(name, "The start did not come so far.");
        return exception.ErrorId switch
        {
            SandboxErrorId.EngineHasNoInit =>
                [Findings.Failed(Init, exception.Message, "sudo apt-get install tini   # or name one with init-path in /etc/docker/daemon.json"), NotReached(Shell), NotReached(Start)],
            SandboxErrorId.ImageHasNoShell =>
                [NotReached(Init), Findings.Failed(Shell, exception.Message, "Give an -Image with /bin/sh in it."), NotReached(Start)],
            SandboxErrorId.ImagePlatformDiffers =>
                [NotReached(Init), NotReached(Shell), Findings.Failed(Start, exception.Message, "Give an -Image that is built for the engine's platform.")],
            SandboxErrorId.StartTimedOut =>
                [NotReached(Init), NotReached(Shell), Findings.Failed(Start, exception.Message, "Look at the load of the engine's machine, then try again.")],
            _ => [NotReached(Init), NotReached(Shell), Findings.Failed(Start, exception.Message, "docker info   # and the engine's log, `journalctl -u docker`, say more")],
        };
    }
}
