using System.Globalization;
using System.Management.Automation.Host;

namespace ContainerSandbox.EmbeddedShell;

/// <summary>The console as PowerShell sees it.</summary>
internal sealed class ShellHost : PSHost
{
    private readonly ShellUserInterface userInterface = new();

    public int? ExitCode { get; private set; }

    public override string Name => "EmbeddedShell";

    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => userInterface;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public void EndProgress() => userInterface.EndProgress();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException("This shell has no nested prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("This shell has no nested prompt.");
}
