namespace ContainerSandbox.Engine.Optimization;

/// <summary>
/// One reason to change something. It looks at the evidence and nothing else, and once what it recommends is carried out the same evidence
/// does not bring it again.
/// </summary>
internal interface IRecommendationRule
{
    /// <summary>What it recommends; nothing where there is too little evidence.</summary>
    IEnumerable<SandboxRecommendation> Judge(SandboxEvidence evidence);
}
