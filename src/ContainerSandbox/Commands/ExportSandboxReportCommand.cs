using System.Management.Automation;
using ContainerSandbox.Configuration;
using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Errors;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Writes what is known of a sandbox into one HTML file.</summary>
[Cmdlet(VerbsData.Export, "SandboxReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportSandboxReportCommand : PSCmdlet
{
    private static readonly TimeSpan ShownUnlessTold = TimeSpan.FromHours(24);

    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentIdCompleter))]
    public string[]? AgentId { get; set; }

    [Parameter]
    [Moment]
    public object? Since { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SandboxId")]
    [SandboxReference]
    [ArgumentCompleter(typeof(SandboxCompleter))]
    public string? Sandbox { get; set; }

    protected override void ProcessRecord()
    {
        if (!SandboxResolver.TryResolve(this, Sandbox, out var sandbox))
            return;
        var path = GetUnresolvedProviderPathFromPSPath(Path);
        if (!Force && File.Exists(path))
            ThrowTerminatingError(SandboxErrors.FileExists(path));
        var agents = PatternFilter.Select(
            SandboxReport.FindAgents(sandbox),
            agentId => agentId,
            AgentId,
            missing => WriteError(SandboxErrors.AgentEnvironmentNotFound(missing, sandbox.Name))).ToList();
        if (!ShouldProcess(path, $"Write a report of sandbox '{sandbox.Name}'"))
            return;
        try
        {
            WholeFile.Write(path, writer => SandboxReport.Write(sandbox, agents, From(), writer));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(SandboxErrors.FileNotWritable(path, exception));
        }

        if (PassThru)
            WriteObject(new FileInfo(path));
    }

    private DateTimeOffset From() => Since switch
    {
        DateTimeOffset moment => moment,
        TimeSpan ago => Back(ago),
        _ => Back(ShownUnlessTold),
    };

    private static DateTimeOffset Back(TimeSpan ago)
    {
        var now = TimeProvider.System.GetUtcNow();
        return ago < now - DateTimeOffset.UnixEpoch ? now - ago : DateTimeOffset.UnixEpoch;
    }
}
