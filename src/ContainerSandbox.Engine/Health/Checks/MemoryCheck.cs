using System.Globalization;

namespace ContainerSandbox.Engine.Health.Checks;

/// <summary>Is the memory nearly used up? Files in memory count, for they fill it as processes do; how much they are is said apart.</summary>
internal sealed class MemoryCheck : IHealthCheck
{
    private const double Megabyte = 1 << 20;

    public IEnumerable<HealthFinding> Judge(HealthView view)
    {
        if (view.Sample?.MemoryUsage is not { } used || (view.Sample.MemoryLimit ?? view.Limits.Memory) is not (> 0 and var limit))
            return [];
        var percent = 100.0 * used / limit;
        var files = view.Sample.MemoryFileSystemUsage ?? 0;
        return view.Judge(
            "memory",
            percent,
            view.Thresholds.Memory,
            () => string.Create(
                CultureInfo.InvariantCulture,
                $"memory at {percent:0.#} %, {used / Megabyte:0.#} of {limit / Megabyte:0.#} MB{(files > 0 ? $", {files / Megabyte:0.#} MB of it files in memory" : "")}"),
            files > used / 2
                ? "delete files in /workspace, /tmp or /home/agent, or claim it again with more -Memory"
                : "end processes, or claim it again with more -Memory");
    }
}
