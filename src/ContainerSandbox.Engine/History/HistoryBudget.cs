namespace ContainerSandbox.Engine.History;

/// <summary>The bytes that all histories of a sandbox share. Not for several threads at once.</summary>
/// <param name="maximum">How many there are.</param>
/// <param name="makeRoom">Gives some back and returns true, or false when there is nothing to give up.</param>
internal sealed class HistoryBudget(long maximum, Func<bool> makeRoom)
{
    /// <summary>Bytes in use.</summary>
    public long Used { get; private set; }

    /// <summary>Takes bytes whether there are any left or not: without them nothing at all could be kept.</summary>
    public void Take(long bytes)
    {
        while (Used + bytes > maximum && makeRoom())
        {
        }

        Used += bytes;
    }

    /// <summary>Takes bytes; false when too few are left.</summary>
    public bool TryTake(long bytes)
    {
        while (Used + bytes > maximum)
        {
            if (!makeRoom())
                return false;
        }

        Used += bytes;
        return true;
    }

    public void Return(long bytes) => Used -= bytes;
}
