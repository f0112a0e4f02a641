using System.Management.Automation;
using ContainerSandbox.Parameters;

namespace ContainerSandbox.Commands;

/// <summary>Says what should change in a sandbox, and why.</summary>
[Cmdlet(VerbsCommon.Get, "SandboxRecommendation")]
[OutputType(typeof(SandboxRecommendation))]
public sealed class GetSandboxRecommendationCommand : SandboxCommand
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AgentIdCompleter))]
    public string[]? AgentId { get; set; }

    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double EfficiencyThreshold { get; set; } = RecommendationOptions.Usual.EfficiencyThreshold;

    [Parameter]
    public RecommendationKind[]? Kind { get; set; }

    [Parameter]
    [Duration(AllowZero = true)]
    public TimeSpan StartupThreshold { get; set; } = RecommendationOptions.Usual.StartupThreshold;

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        var options = new RecommendationOptions { EfficiencyThreshold = EfficiencyThreshold, StartupThreshold = StartupThreshold };
        foreach (var recommendation in sandbox.Optimization.Recommend(options).Where(IsWanted))
            WriteObject(recommendation);
    }

    private bool IsWanted(SandboxRecommendation recommendation) =>
        (Kind is null || Kind.Contains(recommendation.Kind))
        && (AgentId is null || AgentId.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(recommendation.AgentId)));
}
