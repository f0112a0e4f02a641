using System.Net.Sockets;
using System.Text.Json;

namespace ContainerSandbox.Docker.Calls;

/// <summary>Says whether a call that failed is worth another attempt, and when.</summary>
internal sealed class Repetition(TimeProvider timeProvider, Random random)
{
    private const int MostAttempts = 3;
    private const double ShortestPause = 0.05;

    /// <summary>
    /// True when an answer was lost on its way. An engine that refuses will refuse again, one that cannot be reached is gone for
    /// longer than a pause, and one that is silent has had all its time.
    /// </summary>
    public static bool IsWorthIt(EngineRequest request, SandboxException failure, int attempt) =>
        request.IsRepeatable && attempt < MostAttempts
        && failure.InnerException is HttpRequestException or IOException or SocketException or JsonException or FormatException;

    /// <summary>Waits before the next attempt: not all who met the same fault come back at once. It never fails.</summary>
    public async Task PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromSeconds(ShortestPause * attempt * (1 + random.NextDouble()));
        await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
