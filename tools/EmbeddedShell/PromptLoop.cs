using System.Management.Automation.Language;

namespace ContainerSandbox.EmbeddedShell;

/// <summary>Reads, runs and shows until the input ends or <c>exit</c> is called.</summary>
internal sealed class PromptLoop(ShellSession session)
{
    public int Run()
    {
        while (session.ExitCode is null && ReadScript() is { } script)
            session.Run(script);
        return session.ExitCode ?? 0;
    }

    private string? ReadScript()
    {
        Console.Write($"PS {session.Location}> ");
        var text = Console.ReadLine();
        while (text is not null && IsIncomplete(text))
        {
            Console.Write(">> ");
            if (Console.ReadLine() is not { Length: > 0 } line) break;
            text += "\n" + line;
        }
        return text;
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
