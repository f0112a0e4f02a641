using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using ContainerSandbox.Async;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>A cmdlet that works on one sandbox: the runspace's default, or the one that is given.</summary>
public abstract class SandboxCommand : AsyncSandboxCommand
{
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SandboxId")]
    [SandboxReference]
    [ArgumentCompleter(typeof(SandboxCompleter))]
    public string? Sandbox { get; set; }

    private protected bool TryGetSandbox([NotNullWhen(true)] out EngineSandbox? sandbox) =>
        SandboxResolver.TryResolve(this, Sandbox, out sandbox);
}
