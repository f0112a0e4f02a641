namespace ContainerSandbox.Engine.Cleanup;

/// <summary>Whether a container is gone.</summary>
/// <param name="Verified">True when the engine was asked and does not have it.</param>
/// <param name="Detail">What it took beyond the end of its lease, or why the proof is missing.</param>
internal sealed record EndProof(bool Verified, string Detail);
