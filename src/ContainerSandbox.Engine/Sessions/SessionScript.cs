using System.Text;

namespace ContainerSandbox.Engine.Sessions;

/// <summary>The loop that a command session runs, and the requests that it understands.</summary>
internal static class SessionScript
{
    // Reading lines costs the shell a system call a byte; beyond this a process that reads the whole at once is cheaper.
    private const int LargeRequest = 1024;

    private static readonly string Loop = Load();

    /// <summary>The program of a session with a group id of its own.</summary>
    public static IReadOnlyList<string> Command(long groupId) => ["/bin/sh", "-c", Loop, "sh", $"{groupId}"];

    /// <summary>The bytes that make the loop evaluate a text.</summary>
    public static byte[] Frame(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var head = body.Length <= LargeRequest
            ? $"{body.AsSpan().Count((byte)'\n') + 1}\n"
            : $"1\n__cs_big {body.Length + 1}\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body, (byte)'\n'];
    }

    /// <summary>A text whose end the loop reports with a mark and the status of its last command.</summary>
    public static string Control(string text, string mark) => $"{text}\n__cs_ok $? {mark}";

    /// <summary>Runs a command in the worker that receives it.</summary>
    public static string Worker(string arm, string prelude, string command, string mark) =>
        prelude.Length == 0 && PlainCommand.Is(command)
            ? $"{Lead(arm)}__cs_a {mark}\n(__cs_s;{command})</dev/null\n__cs_z"
            : Run("__cs_w", arm, prelude, command, mark);

    /// <summary>Makes the session become a command.</summary>
    public static string OneShot(string arm, string prelude, string command, string mark) => Run("__cs_o", arm, prelude, command, mark);

    private static string Run(string verb, string arm, string prelude, string command, string mark)
    {
        var before = prelude.Length == 0 ? "" : ShellQuote.Word(prelude);
        return $"{Lead(arm)}__cs_p={before};__cs_c={ShellQuote.Word(command)};{verb} {mark}";
    }

    private static string Lead(string arm) => arm.Length == 0 ? "" : arm + "\n";

    private static string Load()
    {
        using var stream = typeof(SessionScript).Assembly.GetManifestResourceStream("session.sh")
            ?? throw new InvalidOperationException("The session script is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n').Where(line => !line.TrimStart().StartsWith('#') && line.Length > 0);
        return string.Join('\n', lines);
    }
}
