using System.Collections.Concurrent;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Probing;

/// <summary>The limits that this engine accepts and cannot enforce, as it says itself or warned of when it made a container.</summary>
internal sealed class UnenforcedLimits
{
    // Words of the engine's warnings, the longest match first: "swap" warnings speak of memory as well.
    private static readonly (string Word, string Limit)[] Warnings =
        [("swap limit", "MemorySwap"), ("pids limit", "PidsLimit"), ("memory limit", "Memory"), ("cpu cfs", "Cpu"), ("nanocpus", "Cpu"), ("cpu quota", "Cpu")];

    private readonly ConcurrentDictionary<string, bool> _learned = new();

    /// <summary>Adds one that is known.</summary>
    public void Add(string limit) => _learned.TryAdd(limit, true);

    /// <summary>Takes up warnings that came with a container.</summary>
    public void Learn(IEnumerable<string>? warnings)
    {
        foreach (var warning in warnings ?? [])
        {
            var known = Warnings.FirstOrDefault(entry => warning.Contains(entry.Word, StringComparison.OrdinalIgnoreCase));
            if (known.Limit is not null)
                _learned.TryAdd(known.Limit, true);
        }
    }

    /// <summary>All of them, joined with a comma.</summary>
    public string Describe(SystemInfoResponse info)
    {
        var limits = new SortedSet<string>(_learned.Keys, StringComparer.Ordinal);
        if (!info.MemoryLimit)
            limits.Add("Memory");
        if (!info.SwapLimit)
            limits.Add("MemorySwap");
        if (!info.PidsLimit)
            limits.Add("PidsLimit");
        if (!info.CPUCfsQuota || !info.CPUCfsPeriod)
            limits.Add("Cpu");
        return string.Join(", ", limits);
    }
}
