using System.Text.RegularExpressions;

namespace ContainerSandbox.Engine.Networks;

/// <summary>What a network may be called where one is asked for.</summary>
public static partial class NetworkNames
{
    /// <summary>Nothing but the loopback.</summary>
    public const string None = "None";

    /// <summary>The sandbox's own bridge: a way out, and none from one container to another.</summary>
    public const string Isolated = "Isolated";

    /// <summary>The network of the engine's machine: containers on it would not be apart from that.</summary>
    private const string Host = "host";

    /// <summary>The name of a network, other than the machine's own.</summary>
    /// <param name="name">None, Isolated, or the name of a network that exists.</param>
    public static string? Wrong(string name) =>
        name.Equals(Host, StringComparison.OrdinalIgnoreCase) ? $"'{name}' is the network of the engine's machine itself, which no container gets: give {None}, {Isolated} or another network"
        : Form().IsMatch(name) ? null : $"'{name}' is no name of a network: give {None}, {Isolated} or the name of one that the engine has";

    /// <summary>The one way to write what case does not tell apart; null stays.</summary>
    internal static string? Normalize(string? name) =>
        name is null ? null
        : name.Equals(None, StringComparison.OrdinalIgnoreCase) ? None
        : name.Equals(Isolated, StringComparison.OrdinalIgnoreCase) ? Isolated : name;

    /// <summary>True where a container has no network.</summary>
    internal static bool IsNone(string? name) => name is null or None;

    /// <summary>True when both mean the same network.</summary>
    internal static bool AreSame(string? one, string? other) => (Normalize(one) ?? None) == (Normalize(other) ?? None);

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_.-]*\\z")]
    private static partial Regex Form();
}
