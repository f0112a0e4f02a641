using System.Globalization;
using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Networks;
using ContainerSandbox.Engine.Sessions;

namespace ContainerSandbox.Engine.Health.Probes;

/// <summary>Tries a TCP connection from inside a container, with what its image has for that.</summary>
internal static class ConnectionProbe
{
    private const int NothingToTryWith = 97;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(8);

    /// <summary>Tries.</summary>
    public static async Task<HealthFinding> RunAsync(LiveEnvironment environment, string host, int port, CancellationToken cancellationToken)
    {
        var target = string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        if (NetworkNames.AreSame(environment.Slot.Template.Openers.Network ?? NetworkNames.None, NetworkNames.None))
            return new HealthFinding(HealthStatus.Healthy, $"has no network, so {target} was not tried");
        try
        {
            var result = await environment.RunAsync(new CommandRequest { Command = Script(host, port), Timeout = Deadline }, cancellationToken)
                .ConfigureAwait(false);
            return result switch
            {
                { ExitCode: 0, TimedOut: false } => new HealthFinding(HealthStatus.Healthy, $"reaches {target}"),
                { ExitCode: NothingToTryWith } => new HealthFinding(
                    HealthStatus.Warning, $"{target} was not tried: the image has neither bash nor nc; use one that has"),
                _ => new HealthFinding(
                    HealthStatus.Critical, $"does not reach {target}: see whether that listens, whether its name is known inside, and what its network lets through"),
            };
        }
        catch (SandboxException exception)
        {
            return new HealthFinding(HealthStatus.Warning, $"{target} was not tried: {exception.Message}");
        }
    }

    // Bash ends with the connection. One kind of nc does so with -z; another knows no -z and starts a program as soon as it is connected.
    private static string Script(string host, int port)
    {
        var (name, number) = (ShellQuote.Word(host), port.ToString(CultureInfo.InvariantCulture));
        return $$"""
            exec >/dev/null 2>&1
            if command -v bash; then exec bash -c 'exec 3<>"/dev/tcp/$0/$1"' {{name}} {{number}}; fi
            command -v nc || exit {{NothingToTryWith}}
            nc -z -w 3 {{name}} {{number}} </dev/null || nc -w 3 {{name}} {{number}} -e /bin/true </dev/null
            """;
    }
}
