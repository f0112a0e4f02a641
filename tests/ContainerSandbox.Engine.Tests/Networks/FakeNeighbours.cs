namespace ContainerSandbox.Engine.Tests.Networks;

/// <summary>Containers that have an address each and answer when somebody knocks at it.</summary>
internal sealed class FakeNeighbours
{
    private int _last = 1;

    /// <summary>True: a knock at another container is heard.</summary>
    public bool AreTogether { get; set; }

    /// <summary>True: the containers hold no program that can knock.</summary>
    public bool AreMute { get; set; }

    /// <summary>Knocks at another container.</summary>
    public int Knocks { get; private set; }

    /// <summary>Gives every container that an engine starts an address.</summary>
    public void Inhabit(FakeBackend backend) => backend.OnStart = container =>
    {
        var address = $"10.0.0.{Interlocked.Increment(ref _last)}";
        container.OnControl = (session, text) =>
            text.Contains("fib_trie", StringComparison.Ordinal) ? (0, Table(address))
            : text == "echo there" ? (0, "there\n")
            : text.Contains("/dev/tcp/", StringComparison.Ordinal) ? (1, "sh: bash: not found\n")
            : text.Contains("nc 10.0.0.", StringComparison.Ordinal) ? (1, Knock(address, text))
            : text.Contains("LC_ALL=C", StringComparison.Ordinal) ? (127, "sh: not found\n")
            : FakeShell.Obey(session, text);
    };

    private string Knock(string own, string text)
    {
        var isOwn = text.Contains($"nc {own} ", StringComparison.Ordinal);
        if (!isOwn)
            Knocks++;
        return AreMute ? "sh: nc: not found\n" : isOwn || AreTogether ? "nc: can't connect: Connection refused\n" : "nc: timed out\n";
    }

    private static string Table(string address) =>
        $"     |-- 10.0.0.0\n        /24 link UNICAST\n     |-- {address}\n        /32 host LOCAL\n  |-- 127.0.0.1\n     /32 host LOCAL\n";
}
