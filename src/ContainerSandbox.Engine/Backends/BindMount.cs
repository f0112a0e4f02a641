namespace ContainerSandbox.Engine.Backends;

/// <summary>A folder of the engine's machine that a container can read and write, with what is mounted in it. Never anything else of that machine.</summary>
/// <param name="Source">The folder, which exists.</param>
/// <param name="Path">Where the container has it.</param>
public sealed record BindMount(string Source, string Path);
