namespace ContainerSandbox.Engine.Networks;

/// <summary>One way to try a TCP connection with what an image may hold; it says how that went.</summary>
internal sealed class Knock
{
    // Nothing of ours listens there, nor does anything that an image starts: nothing of an image starts.
    private const string Port = "9";

    private readonly string _command;

    private Knock(string command) => _command = command;

    /// <summary>All ways, the most common first.</summary>
    public static IReadOnlyList<Knock> All { get; } =
    [
        new($"LC_ALL=C bash -c '</dev/tcp/ADDRESS/{Port} && echo connected'"),
        new($"LC_ALL=C nc ADDRESS {Port} </dev/null && echo connected"),
        new($"LC_ALL=C nc -v ADDRESS {Port} </dev/null && echo connected"),
        new($"LC_ALL=C perl -MSocket -e 'socket(S,PF_INET,SOCK_STREAM,0);print connect(S,sockaddr_in({Port},inet_aton(\"ADDRESS\")))?\"connected\":$!' </dev/null"),
        new($"LC_ALL=C python3 -c 'import socket;socket.create_connection((\"ADDRESS\",{Port}));print(\"connected\")' </dev/null"),
    ];

    /// <summary>The command that tries an address.</summary>
    public string At(string address) => _command.Replace("ADDRESS", address, StringComparison.Ordinal);

    /// <summary>True when the far end got the packet: it refused, or took the connection.</summary>
    public static bool IsHeard(string answer) =>
        answer.Contains("refused", StringComparison.OrdinalIgnoreCase) || answer.Contains("connected", StringComparison.Ordinal);
}
