using System.Management.Automation;
using ContainerSandbox.Configuration;
using ContainerSandbox.Errors;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Writes the configuration of a sandbox into a file.</summary>
[Cmdlet(VerbsData.Export, "SandboxConfiguration", SupportsShouldProcess = true)]
public sealed class ExportSandboxConfigurationCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SandboxId")]
    [SandboxReference]
    [ArgumentCompleter(typeof(SandboxCompleter))]
    public string? Sandbox { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (!SandboxResolver.TryResolve(this, Sandbox, out var sandbox))
            return;
        var path = GetUnresolvedProviderPathFromPSPath(Path);
        try
        {
            var text = ConfigurationFile.Write(path, sandbox.GetConfiguration());
            if (!Force && File.Exists(path))
                ThrowTerminatingError(SandboxErrors.FileExists(path));
            if (ShouldProcess(path, $"Write the configuration of sandbox '{sandbox.Name}'"))
                WholeFile.Write(path, writer => writer.Write(text));
        }
        catch (SandboxException exception)
        {
            ThrowTerminatingError(SandboxErrors.From(exception, Path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(SandboxErrors.FileNotWritable(path, exception));
        }
    }
}
