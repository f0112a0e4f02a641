namespace ContainerSandbox.Engine.Metrics;

/// <summary>How long a claim took, and of that its main stages.</summary>
/// <param name="Total">All of it.</param>
/// <param name="Allocation">To find or start a container.</param>
/// <param name="Verification">To find out that it can be the agent's.</param>
internal readonly record struct ClaimTimes(TimeSpan Total, TimeSpan Allocation = default, TimeSpan Verification = default);
