using ContainerSandbox.EmbeddedShell;

if (!ShellArguments.TryParse(args, out var arguments, out var problem))
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(ShellArguments.Usage);
    return 64;
}

using var session = new ShellSession();
var prompting = arguments.ScriptText is null;
ConsoleCancelEventHandler stop = (_, e) => e.Cancel = session.Stop() || prompting;
Console.CancelKeyPress += stop;
try
{
    return arguments.ScriptText is { } text ? session.RunToEnd(text) : new PromptLoop(session).Run();
}
finally
{
    Console.CancelKeyPress -= stop;
}
