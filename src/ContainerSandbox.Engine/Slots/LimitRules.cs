using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Slots;

/// <summary>What a container needs at least.</summary>
internal static class LimitRules
{
    /// <summary>Engines refuse less, and the sessions need room.</summary>
    public const long LeastMemory = 16L * 1024 * 1024;

    /// <summary>The init, the main process, two sessions and something to run.</summary>
    public const int LeastPids = 16;

    /// <summary>Engines refuse less.</summary>
    public const double LeastCpu = 0.01;

    /// <summary>Refuses limits under which nothing would work.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.LimitTooSmall"/>.</exception>
    public static void Check(ResourceLimits limits)
    {
        if (limits.Memory < LeastMemory)
            throw TooSmall($"{limits.Memory} bytes of memory are too few: give 16MB or more.", limits.Memory);
        if (!(limits.Cpu >= LeastCpu && double.IsFinite(limits.Cpu)))
            throw TooSmall($"{limits.Cpu} cores are no limit: give 0.01 ('10m') or more.", limits.Cpu);
        if (limits.PidsLimit < LeastPids)
            throw TooSmall($"{limits.PidsLimit} processes are too few: give {LeastPids} or more.", limits.PidsLimit);
    }

    private static SandboxException TooSmall(string message, object value) =>
        new(SandboxErrorId.LimitTooSmall, SandboxErrorCategory.InvalidArgument, message, value);
}
