using System.Text;
using System.Text.RegularExpressions;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>Understands the requests of session.sh.</summary>
internal static partial class FakeShell
{
    public static void Answer(FakeSessionChannel session, string request)
    {
        if (Ahead().Match(request) is { Success: true } ahead)
            session.AheadMark = ahead.Groups["mark"].Value;
        else if (session.AheadMark is { } mark)
            AnswerCommand(session, request, mark);
        else if (OneShot().Match(request) is { Success: true } command)
            AnswerOneShot(session, command);
        else
            AnswerControl(session, request);
    }

    /// <summary>True when a request is a command.</summary>
    public static bool IsCommand(string request) => Plain().IsMatch(request) || Worker().IsMatch(request) || OneShot().IsMatch(request);

    private static void AnswerCommand(FakeSessionChannel session, string request, string mark)
    {
        session.AheadMark = null;
        if (request == "__cs_s;return")
        {
            new FakeCommand(session, "", "", "", mark, isWorker: true).Begin().Finish(0);
            return;
        }

        var plain = Plain().Match(request);
        var command = plain.Success ? plain : Worker().Match(request);
        Assert.True(command.Success, $"Not a command of session.sh: {request}");
        var text = command.Groups["text"].Value;
        session.Container.OnCommand(new FakeCommand(
            session, plain.Success ? text : Unquote(text), Unquote(command.Groups["prelude"].Value), "", mark, isWorker: true));
    }

    private static void AnswerOneShot(FakeSessionChannel session, Match command)
    {
        session.IsCommand = true;
        session.Container.OnCommand(new FakeCommand(
            session,
            Unquote(command.Groups["text"].Value),
            Unquote(command.Groups["prelude"].Value),
            command.Groups["arm"].Value.TrimEnd('\n'),
            command.Groups["mark"].Value,
            isWorker: false));
    }

    private static void AnswerControl(FakeSessionChannel session, string request)
    {
        var control = Control().Match(request);
        Assert.True(control.Success, $"Not a request of session.sh: {request}");
        var (status, output) = session.Container.OnControl(session, control.Groups["text"].Value);
        session.Say(SessionOutput.Standard, Encoding.UTF8.GetBytes($"{output}{control.Groups["mark"].Value} {status} 0\n"));
    }

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

    [GeneratedRegex(@"\Af(?<mark>[0-9A-F]{24})\z")]
    private static partial Regex Ahead();

    [GeneratedRegex(@"\A__cs_s;(exec (?<text>.+)|(?<text>.+);return)\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A__cs_p=(?<prelude>|'.*');__cs_c=(?<text>'.*');__cs_w;return\z", RegexOptions.Singleline)]
    private static partial Regex Worker();

    [GeneratedRegex(@"\A(?<arm>.*?)__cs_p=(?<prelude>|'.*');__cs_c=(?<text>'.*');__cs_o (?<mark>[0-9A-F]{24})\z", RegexOptions.Singleline)]
    private static partial Regex OneShot();

    [GeneratedRegex(@"\A(?<text>.*)\n__cs_ok \$\? (?<mark>[0-9A-F]{24});return\z", RegexOptions.Singleline)]
    private static partial Regex Control();

    [GeneratedRegex(@"\A__cs_kill (?<gid>\d+) (?<pid>\d+)\z")]
    private static partial Regex Kill();
}
