namespace ContainerSandbox.Engine.Backends;

/// <summary>What one read of a session brought.</summary>
/// <param name="Source">Where it was written.</param>
/// <param name="Count">Bytes in the buffer; 0 only at the end.</param>
public readonly record struct SessionRead(SessionOutput Source, int Count)
{
    /// <summary>True when both streams have ended.</summary>
    public bool IsEnd => Count == 0;
}
