using System.Management.Automation;
using ContainerSandbox.Async;
using ContainerSandbox.Engine.Diagnosis;
using ContainerSandbox.Loading;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Looks whether an engine has what sandboxes need.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SandboxEngine", SupportsShouldProcess = true)]
[OutputType(typeof(EngineCheck), typeof(bool))]
public sealed class TestSandboxEngineCommand : AsyncSandboxCommand
{
    [Parameter(Position = 0)]
    [EmptyIsNotGiven]
    public string? Endpoint { get; set; }

    [Parameter]
    [EmptyIsNotGiven]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public string? Image { get; set; }

    [Parameter]
    [EmptyIsNotGiven]
    [ArgumentCompleter(typeof(RuntimeCompleter))]
    public string? Runtime { get; set; }

    [Parameter]
    [EmptyIsNotGiven]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    public string? Network { get; set; }

    [Parameter]
    [Duration]
    public TimeSpan? StartupTimeout { get; set; }

    [Parameter]
    public SwitchParameter Repair { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override TimeSpan? Limit => WorkLimit.For(StartupTimeout);

    protected override void ProcessRecord()
    {
        var options = new EngineCheckOptions
        {
            Endpoint = Endpoint,
            Image = Image ?? DefaultImage.Reference,
            SecurityProfilePath = ModuleLayout.SecurityProfilePath,
            Runtime = Runtime,
            Network = Network,
        };
        if (StartupTimeout is { } timeout)
            options = options with { StartupTimeout = timeout };
        var checks = Check(options);
        if (Repair && RepairAll(options, checks))
            checks = Check(options);
        if (Quiet)
            WriteObject(checks.All(check => check.Status != CheckStatus.Failed));
        else
            WriteObject(checks, enumerateCollection: true);
    }

    private IReadOnlyList<EngineCheck> Check(EngineCheckOptions options) =>
        AwaitOrThrow(token => EngineDiagnosis.CheckAsync(options, Observer, token), Endpoint);

    // True when something was done, and what was found is out of date.
    private bool RepairAll(EngineCheckOptions options, IReadOnlyList<EngineCheck> checks)
    {
        var repaired = false;
        foreach (var check in checks.Where(check => check.CanRepair && ShouldProcess(check.Detail, $"Repair '{check.Name}'")))
            repaired |= TryAwait(token => RepairAsync(options, check.Name, token), check.Name, out _);
        return repaired;
    }

    private async Task<bool> RepairAsync(EngineCheckOptions options, string check, CancellationToken cancellationToken)
    {
        await EngineDiagnosis.RepairAsync(options, check, Observer, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
