namespace ContainerSandbox.Engine.Health;

/// <summary>What became of commands.</summary>
/// <param name="All">How many there were.</param>
/// <param name="Failed">Those without a result, and those that used up the memory.</param>
/// <param name="TimedOut">Those that their timeout ended.</param>
internal readonly record struct CommandCounts(int All, int Failed, int TimedOut)
{
    public static CommandCounts operator +(CommandCounts one, CommandCounts other) =>
        new(one.All + other.All, one.Failed + other.Failed, one.TimedOut + other.TimedOut);
}
