namespace ContainerSandbox.Engine.Health;

/// <summary>How full a file system is.</summary>
/// <param name="Path">Where the agent sees it.</param>
/// <param name="Bytes">What it holds at most.</param>
/// <param name="UsedBytes">What is in use.</param>
/// <param name="Files">Files that it holds at most; 0 where it has no limit of its own.</param>
/// <param name="UsedFiles">Files that there are.</param>
/// <param name="IsInMemory">True where it is a part of the memory.</param>
internal sealed record SpaceUse(string Path, double Bytes, double UsedBytes, double Files, double UsedFiles, bool IsInMemory = true);
