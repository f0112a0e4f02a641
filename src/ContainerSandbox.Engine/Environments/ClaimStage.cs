namespace ContainerSandbox.Engine.Environments;

/// <summary>The five stages of a claim.</summary>
internal enum ClaimStage
{
    OptimizationCheck,
    Allocation,
    Verification,
    Monitoring,
    Metrics,
}
