using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Slots;

/// <summary>Says why a container ended, as far as the engine's events tell.</summary>
internal static class EndReasons
{
    /// <summary>The reason where the engine does not say that the container ended.</summary>
    public const string LeaseBroke = "the connection to the engine that held its container broke, so that it could have outlived this process";

    /// <summary>The reason where a listing does not show the container any more.</summary>
    public const string NotListed = "its container is gone from the engine: somebody removed it, or the engine was restarted";

    private const int Killed = 137;

    // The two events come from different watchers of the engine, in whatever order they take to get there.
    private static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(2);

    /// <summary>The reason, as the end of a sentence.</summary>
    public static string Of(BackendEvent happened, DateTimeOffset? outOfMemoryAt) => happened switch
    {
        { Kind: BackendEventKind.Destroyed } => NotListed,
        { ExitCode: Killed } when outOfMemoryAt is { } at && (happened.At - at).Duration() <= SameMoment => "its container was ended because its memory was used up",
        { ExitCode: Killed } => "its container was killed or removed by somebody else",
        { ExitCode: 0 } => "its container ended with its lease: the connection to the engine broke",
        { ExitCode: { } code } => $"its container ended unasked with exit code {code}",
        _ => "its container ended unasked",
    };
}
