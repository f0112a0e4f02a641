using System.Diagnostics;

namespace ContainerSandbox.Testing;

/// <summary>What this process holds when nothing is under way.</summary>
public readonly record struct ProcessCost(long Bytes, int Threads, int Handles)
{
    /// <summary>Counts, after what nobody needs any more is gone.</summary>
    public static ProcessCost Now()
    {
        for (var turn = 0; turn < 3; turn++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return new ProcessCost(GC.GetTotalMemory(forceFullCollection: true), process.Threads.Count, process.HandleCount);
    }
}
