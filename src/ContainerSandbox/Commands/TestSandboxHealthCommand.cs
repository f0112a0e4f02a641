using System.Management.Automation;
using ContainerSandbox.Async;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Checks environments now.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SandboxHealth")]
[OutputType(typeof(HealthResult), typeof(bool))]
public sealed class TestSandboxHealthCommand : SandboxCommand
{
    private const int ChecksAtOnce = 16;

    private readonly ParallelWork<(EngineSandbox Sandbox, HealthResult Result)> _checks;
    private int _working;
    private int _started;

    public TestSandboxHealthCommand() => _checks = new(this, ChecksAtOnce, inOrder: true, Take);

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentIdCompleter))]
    public string[]? AgentId { get; set; }

    [Parameter]
    [ConnectivityTarget]
    public string? Connectivity { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EnvironmentId { get; set; }

    [Parameter]
    public ScriptBlock? HealthCheck { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        var reached = Connectivity is null ? null : ConnectivityTarget.Read(Connectivity);
        var options = new HealthCheckOptions
        {
            ConnectivityHost = reached?.Host,
            ConnectivityPort = reached?.Port ?? 0,
            MoreFollows = HealthCheck is not null,
        };
        foreach (var target in AgentTarget.Expand(sandbox, AgentId ?? ["*"], EnvironmentId))
        {
            _started++;
            _checks.Add(
                target.AgentId,
                async token => (sandbox, await sandbox.CheckHealthAsync(target.AgentId, target.EnvironmentId, options, Observer, token).ConfigureAwait(false)));
        }
    }

    protected override void EndProcessing()
    {
        _checks.Finish();
        if (Quiet)
            WriteObject(_started > 0 && _working == _started);
    }

    private void Take((EngineSandbox Sandbox, HealthResult Result) check)
    {
        var result = HealthCheck is null ? check.Result : Complete(check.Sandbox, check.Result, HealthCheck);
        if (result.Status is HealthStatus.Healthy or HealthStatus.Warning)
            _working++;
        if (!Quiet)
            WriteObject(result);
    }

    // One that is gone by now is judged by what was seen of it.
    private static HealthResult Complete(EngineSandbox sandbox, HealthResult result, ScriptBlock script)
    {
        if (sandbox.GetEnvironments().FirstOrDefault(each => each.EnvironmentId == result.EnvironmentId) is not { } environment)
            return result;
        var (status, reason) = new UserHealthCheck(script).Run(environment);
        var whole = result with
        {
            Status = result.Status == HealthStatus.Unknown || result.Status > status ? result.Status : status,
            Reasons = $"{result.Reasons}; {reason}",
        };
        sandbox.CompleteHealthCheck(whole);
        return whole;
    }
}
