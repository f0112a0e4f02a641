using System.Management.Automation;
using ContainerSandbox.Errors;
using ContainerSandbox.Parameters;
using ContainerSandbox.Session;

namespace ContainerSandbox.Commands;

/// <summary>Shows what agents used over time, and where that leads.</summary>
[Cmdlet(VerbsCommon.Get, "SandboxResourceHistory")]
[OutputType(typeof(ResourceHistoryPoint), typeof(ResourceTrend))]
public sealed class GetSandboxResourceHistoryCommand : SandboxCommand
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentIdCompleter))]
    public string[]? AgentId { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsNotGiven]
    public string? EnvironmentId { get; set; }

    [Parameter]
    [Moment]
    public object? Since { get; set; }

    [Parameter]
    [Count]
    public int? Newest { get; set; }

    [Parameter]
    [HistoryResolution]
    public HistoryResolution? Resolution { get; set; }

    [Parameter]
    public SwitchParameter Trend { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        var request = new HistoryRequest
        {
            EnvironmentId = EnvironmentId,
            Last = Since as TimeSpan?,
            Since = Since as DateTimeOffset?,
            Newest = Newest,
            Resolution = Resolution,
        };
        foreach (var agentId in SelectAgents(sandbox))
            Write(sandbox, agentId, request);
    }

    private void Write(EngineSandbox sandbox, string agentId, HistoryRequest request)
    {
        if (Trend)
            WriteObject(sandbox.History.GetTrends(agentId, request), enumerateCollection: true);
        else
            WriteObject(sandbox.History.Get(agentId, request), enumerateCollection: true);
    }

    private List<string> SelectAgents(EngineSandbox sandbox)
    {
        var isMissing = false;
        var agents = PatternFilter.Select(sandbox.History.Agents, agentId => agentId, AgentId, missing =>
        {
            isMissing = true;
            WriteError(SandboxErrors.AgentEnvironmentNotFound(missing, sandbox.Name));
        }).ToList();
        if (EnvironmentId is null)
            return agents;

        var owners = agents.FindAll(agentId => sandbox.History.Knows(agentId, EnvironmentId));
        if (owners.Count == 0 && !isMissing)
            WriteError(SandboxErrors.EnvironmentNotRemembered(EnvironmentId, sandbox.Name));
        return owners;
    }
}
