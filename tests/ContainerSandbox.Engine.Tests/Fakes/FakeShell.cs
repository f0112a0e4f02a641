using System.Text;
using System.Text.RegularExpressions;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>Understands the requests of session.sh.</summary>
internal static partial class FakeShell
{
    public static void Answer(FakeSessionChannel session, string request)
    {
        if (Plain().Match(request) is { Success: true } plain)
        {
            session.Container.OnCommand(new FakeCommand(
                session, plain.Groups["text"].Value, "", plain.Groups["arm"].Value.TrimEnd('\n'), plain.Groups["mark"].Value, isWorker: true));
            return;
        }

        if (Command().Match(request) is { Success: true } command)
        {
            var isWorker = command.Groups["verb"].Value == "__cs_w";
            session.IsCommand = !isWorker;
            session.Container.OnCommand(new FakeCommand(
                session,
                Unquote(command.Groups["text"].Value),
                Unquote(command.Groups["prelude"].Value),
                command.Groups["arm"].Value.TrimEnd('\n'),
                command.Groups["mark"].Value,
                isWorker));
            return;
        }

        var control = Control().Match(request);
        Assert.True(control.Success, $"Not a request of session.sh: {request}");
        var (status, output) = session.Container.OnControl(session, control.Groups["text"].Value);
        session.Say(SessionOutput.Standard, Encoding.UTF8.GetBytes($"{output}{control.Groups["mark"].Value} {status} 0\n"));
    }

    /// <summary>True when a request is a command.</summary>
    public static bool IsCommand(string request) => Plain().IsMatch(request) || Command().IsMatch(request);

    /// <summary>What a container without surprises answers to a request that is no command.</summary>
    public static (int Status, string Output) Obey(FakeSessionChannel session, string text)
    {
        if (text == "echo $$")
            return (0, $"{session.ProcessId}\n");
        if (text.Contains("echo $#", StringComparison.Ordinal))
            return (0, "0\n");
        if (Kill().Match(text) is { Success: true } kill)
        {
            session.Container.EndSession(kill.Groups["pid"].Value, 137);
            return (0, "");
        }

        // What looks for processes finds none.
        return (text.Contains("__cs_find", StringComparison.Ordinal) ? 1 : 0, "");
    }

    private static string Unquote(string word) =>
        word.Length == 0 ? "" : word[1..^1].Replace(@"'\''", "'", StringComparison.Ordinal);

    [GeneratedRegex(@"\A(?<arm>.*?)__cs_p=(?<prelude>|'.*');__cs_c=(?<text>'.*');(?<verb>__cs_w|__cs_o) (?<mark>[0-9A-F]{24})\z", RegexOptions.Singleline)]
    private static partial Regex Command();

    [GeneratedRegex(@"\A(?<arm>.*?)__cs_a (?<mark>[0-9A-F]{24})\n\(__cs_s;(?<text>.*)\)</dev/null\n__cs_z\z", RegexOptions.Singleline)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A(?<text>.*)\n__cs_ok \$\? (?<mark>[0-9A-F]{24})\z", RegexOptions.Singleline)]
    private static partial Regex Control();

    [GeneratedRegex(@"\A__cs_kill (?<gid>\d+) (?<pid>\d+)\z")]
    private static partial Regex Kill();
}
