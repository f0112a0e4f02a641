using System.Management.Automation;

namespace ContainerSandbox.Commands;

/// <summary>Carries recommendations out, or takes the last change back.</summary>
[Cmdlet(VerbsCommon.Optimize, "Sandbox", SupportsShouldProcess = true, DefaultParameterSetName = CarryOutSet)]
[OutputType(typeof(SandboxOptimization))]
public sealed class OptimizeSandboxCommand : SandboxCommand
{
    private const string CarryOutSet = "CarryOut";
    private const string UndoSet = "Undo";

    [Parameter(ParameterSetName = CarryOutSet, ValueFromPipeline = true)]
    public SandboxRecommendation? InputObject { get; set; }

    [Parameter(ParameterSetName = CarryOutSet)]
    public RecommendationKind[]? Kind { get; set; }

    [Parameter(ParameterSetName = CarryOutSet)]
    public SwitchParameter Replace { get; set; }

    [Parameter(ParameterSetName = UndoSet, Mandatory = true)]
    public SwitchParameter Undo { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSandbox(out var sandbox))
            return;
        if (Undo)
        {
            TakeBack(sandbox);
            return;
        }

        if (!sandbox.Optimization.IsEnabled)
        {
            WriteWarning($"The sandbox '{sandbox.Name}' was initialized without optimization: nothing is changed. Initialize-Sandbox -OptimizationEnabled $true makes one with it.");
            return;
        }

        var recommendations = InputObject is { } given ? [given] : sandbox.Optimization.Recommend(RecommendationOptions.Usual);
        foreach (var recommendation in recommendations.Where(each => Kind is null || Kind.Contains(each.Kind)))
            CarryOut(sandbox, recommendation);
    }

    private void CarryOut(EngineSandbox sandbox, SandboxRecommendation recommendation)
    {
        var subject = recommendation.AgentId.Length > 0 ? recommendation.AgentId
            : recommendation.Specialization.Length > 0 ? recommendation.Specialization : sandbox.Name;
        if (recommendation.Setting.Length == 0)
        {
            WriteVerbose($"{recommendation.Kind} of '{subject}' is for a person to do: {recommendation.ExpectedEffect}");
            return;
        }

        if (!Replace && sandbox.Optimization.EndsWork(recommendation))
        {
            WriteWarning($"The environment of '{subject}' is left as it is: an agent has it. -Replace ends it and claims a new one.");
            return;
        }

        var action = $"Change {recommendation.Setting} from {recommendation.CurrentValue} to {recommendation.RecommendedValue}";
        if (ShouldProcess(subject, action)
            && TryAwait(token => sandbox.Optimization.CarryOutAsync(recommendation, Observer, token), subject, out var done) && done is not null)
            WriteObject(done);
    }

    private void TakeBack(EngineSandbox sandbox)
    {
        if (sandbox.Optimization.Newest is not { } newest)
        {
            WriteWarning($"Nothing in the sandbox '{sandbox.Name}' was changed that could be taken back.");
            return;
        }

        var subject = newest.AgentId.Length > 0 ? newest.AgentId : newest.Specialization.Length > 0 ? newest.Specialization : sandbox.Name;
        if (ShouldProcess(subject, $"Change {newest.Setting} back from {newest.ValueAfter} to {newest.ValueBefore}")
            && TryAwait(token => sandbox.Optimization.UndoAsync(Observer, token), subject, out var undone) && undone is not null)
            WriteObject(undone);
    }
}
