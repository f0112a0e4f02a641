using System.Globalization;
using System.Management.Automation.Host;

namespace ContainerSandbox.Module.Tests.Support;

/// <summary>A host that keeps what it is to show.</summary>
internal sealed class TestHost : PSHost
{
    private readonly TestHostUserInterface _interface = new();

    public string Text => _interface.Text;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "ContainerSandbox tests";

    public override PSHostUserInterface UI => _interface;

    public override Version Version => new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
