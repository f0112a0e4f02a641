using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Diagnosis;

/// <summary>Can the engine hold a container as tightly as it is told to?</summary>
internal static class CapabilityCheck
{
    /// <summary>Judges by what the engine says.</summary>
    public static IEnumerable<EngineCheck> Run(EngineInfo engine, BackendFacts facts)
    {
        yield return engine.Seccomp
            ? Findings.Passed("Seccomp", "System calls are filtered.")
            : Findings.Warning("Seccomp", "The engine filters no system calls.", "Use a kernel with CONFIG_SECCOMP_FILTER, and do not start the engine with seccomp switched off.");

        var unenforced = engine.UnenforcedLimits.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        var controllers = unenforced.Where(limit => limit != "MemorySwap").ToArray();
        var groups = $"control groups {engine.CgroupVersion} by {engine.CgroupDriver}";
        yield return controllers.Length == 0
            ? Findings.Passed("Limits", $"Memory, processors and processes are limited ({groups}).")
            : Findings.Warning("Limits", $"{string.Join(", ", controllers)} cannot be limited ({groups}).", Remedy(engine));
        yield return unenforced.Length == controllers.Length
            ? Findings.Passed("SwapLimit", "What is swapped out counts.")
            : Findings.Warning("SwapLimit", "What is swapped out is not limited.", "swapaccount=1   # on the kernel's command line; or switch swap off: sudo swapoff -a");

        foreach (var warning in facts.Warnings)
            yield return Findings.Warning("EngineWarning", warning, "docker info   # shows what the engine itself finds wrong");
    }

    private static string Remedy(EngineInfo engine) => engine.Rootless
        ? "sudo systemctl edit user@.service   # Delegate=cpu cpuset io memory pids"
        : "cgroup_enable=memory   # on the kernel's command line; `docker info` names the controllers that are missing";
}
