using System.Text;

namespace ContainerSandbox.Engine.Sessions;

/// <summary>The loop that a command session runs, and the requests that it understands.</summary>
internal static class SessionScript
{
    // Some shells read lines byte by byte; beyond this a process that reads the whole at once is cheaper.
    private const int LargeRequest = 1024;

    // The last line of a request that a shell reads as a script: without it the shell would wait for the end of the script.
    private const string Return = ";return";

    private static readonly string Loop = Load();

    /// <summary>The program of a session with a group id of its own.</summary>
    public static IReadOnlyList<string> Command(long groupId) => ["/bin/sh", "-c", Loop, "sh", $"{groupId}"];

    /// <summary>The bytes that make the loop evaluate a text.</summary>
    public static byte[] Frame(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var head = body.Length <= LargeRequest ? $"{body.AsSpan().Count((byte)'\n') + 1}\n" : $"b{body.Length + 1}\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body, (byte)'\n'];
    }

    /// <summary>The bytes that make the loop fork a child, which takes the next request: a command of a worker with this mark.</summary>
    public static byte[] ForkAhead(string mark) => Encoding.ASCII.GetBytes($"f{mark}\n");

    /// <summary>A text whose end the loop reports with a mark and the status of its last command.</summary>
    public static string Control(string text, string mark) => $"{text}\n__cs_ok $? {mark}{Return}";

    /// <summary>Makes the child that was forked ahead become a command.</summary>
    public static string Worker(string prelude, string command)
    {
        if (prelude.Length > 0 || !PlainCommand.Is(command))
            return $"{Texts(prelude, command)};__cs_w{Return}";
        return PlainCommand.IsProgram(command) ? $"__cs_s;exec {command}" : $"__cs_s;{command}{Return}";
    }

    /// <summary>Makes the child that was forked ahead end without a command.</summary>
    public static string NoCommand() => $"__cs_s{Return}";

    /// <summary>Makes the session become a command. Nothing of the request may be left where the command reads its input.</summary>
    public static string OneShot(string arm, string prelude, string command, string mark) =>
        $"{(arm.Length == 0 ? "" : arm + "\n")}{Texts(prelude, command)};__cs_o {mark}";

    private static string Texts(string prelude, string command) =>
        $"__cs_p={(prelude.Length == 0 ? "" : ShellQuote.Word(prelude))};__cs_c={ShellQuote.Word(command)}";

    private static string Load()
    {
        using var stream = typeof(SessionScript).Assembly.GetManifestResourceStream("session.sh")
            ?? throw new InvalidOperationException("The session script is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n').Where(line => !line.TrimStart().StartsWith('#') && line.Length > 0);
        return string.Join('\n', lines);
    }
}
