using System.Collections.Concurrent;

namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>Hears of failures that nobody looked at.</summary>
internal static class UnobservedTasks
{
    private static readonly ConcurrentQueue<string> Heard = new();
    private static int _watching;

    /// <summary>Begins to listen, once.</summary>
    public static void Watch()
    {
        if (Interlocked.Exchange(ref _watching, 1) == 0)
            TaskScheduler.UnobservedTaskException += (_, failure) => Heard.Enqueue(failure.Exception.ToString());
    }

    /// <summary>Fails with what was heard since the last time.</summary>
    public static void ThereAreNone()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        var heard = new List<string>();
        while (Heard.TryDequeue(out var each))
            heard.Add(each);
        Assert.True(heard.Count == 0, string.Join('\n', heard));
    }
}
