namespace ContainerSandbox.Engine.Presenting;

/// <summary>What a live view shows of one agent.</summary>
public sealed record LiveAgent
{
    /// <summary>Its environment.</summary>
    public required AgentEnvironment Environment { get; init; }

    /// <summary>What its newest sample showed; null before the first.</summary>
    public ResourceHistoryPoint? Newest { get; init; }

    /// <summary>What it used lately, the oldest first, up to <see cref="SandboxLiveView.MostSteps"/> times <see cref="LiveContent.Step"/> back.</summary>
    public IReadOnlyList<ResourceHistoryPoint> Recent { get; init; } = [];
}
