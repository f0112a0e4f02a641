using System.Diagnostics;

namespace ContainerSandbox.Testing;

/// <summary>Waits for what comes true by itself.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Waits until a condition holds and says how long that took; fails when it does not in time.</summary>
    public static async Task<TimeSpan> HoldsAsync(string what, TimeSpan within, Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > within)
                throw new TimeoutException($"Not within {within.TotalSeconds} s: {what}.");
            await Task.Delay(Pause, TimeProvider.System);
        }

        return clock.Elapsed;
    }
}
