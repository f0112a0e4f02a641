namespace ContainerSandbox.Engine.Optimization;

/// <summary>All that recommendations rest on, as it was at one moment.</summary>
/// <param name="SandboxId">The sandbox.</param>
/// <param name="Pools">Its pools.</param>
/// <param name="Agents">Its environments.</param>
/// <param name="Images">The images that claims waited for.</param>
/// <param name="PreloadsImages">True when the images of all templates are brought ahead of need.</param>
/// <param name="Bounds">What no recommendation goes beyond.</param>
/// <param name="Options">From where on something is worth a recommendation.</param>
internal sealed record SandboxEvidence(
    string SandboxId, IReadOnlyList<PoolEvidence> Pools, IReadOnlyList<AgentEvidence> Agents, IReadOnlyList<ImageEvidence> Images,
    bool PreloadsImages, OptimizationBounds Bounds, RecommendationOptions Options);
