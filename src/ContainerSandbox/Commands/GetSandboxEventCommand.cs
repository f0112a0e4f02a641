using System.Management.Automation;
using ContainerSandbox.Parameters;

namespace ContainerSandbox.Commands;

/// <summary>Shows what happened in a sandbox, and why.</summary>
[Cmdlet(VerbsCommon.Get, "SandboxEvent")]
[OutputType(typeof(SandboxEvent))]
public sealed class GetSandboxEventCommand : SandboxCommand
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EventAgentIdCompleter))]
    public string[]? AgentId { get; set; }

    [Parameter]
    public SandboxEventKind[]? Kind { get; set; }

    [Parameter]
    [Moment]
    public object? Since { get; set; }

    [Parameter]
    [Count]
    public int? Newest { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        var agents = AgentId?.Select(pattern => WildcardPattern.Get(pattern ?? "", WildcardOptions.IgnoreCase)).ToList();
        var since = Since is TimeSpan ago ? TimeProvider.System.GetUtcNow() - ago : (DateTimeOffset?)Since;
        var events = sandbox.GetEvents(since, Kind)
            .Where(happened => agents is null || agents.Exists(agent => agent.IsMatch(happened.AgentId)));
        WriteObject(Newest is { } most ? events.TakeLast(most) : events, enumerateCollection: true);
    }
}
