using System.Globalization;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Slots;

/// <summary>What a container needs at least. Each rule says what is wrong with a value, or null.</summary>
public static class LimitRules
{
    // Engines refuse less, and the sessions need room.
    private const long LeastMemory = 16L * 1024 * 1024;

    // The init, the main process, two sessions and something to run.
    private const int LeastPids = 16;

    // Engines refuse less.
    private const double LeastCpu = 0.01;

    /// <summary>16 MB or more.</summary>
    /// <param name="bytes">The limit in bytes.</param>
    public static string? WrongMemory(long bytes) => bytes >= LeastMemory ? null : Text($"{bytes} bytes of memory are too few: give 16MB or more");

    /// <summary>A hundredth of a core or more.</summary>
    /// <param name="cores">The limit in cores.</param>
    public static string? WrongCpu(double cores) =>
        cores >= LeastCpu && double.IsFinite(cores) ? null : Text($"{cores} cores are no limit: give 0.01 ('10m') or more");

    /// <summary>16 processes or more.</summary>
    /// <param name="pids">The limit of processes.</param>
    public static string? WrongPids(int pids) => pids >= LeastPids ? null : Text($"{pids} processes are too few: give {LeastPids} or more");

    /// <summary>Refuses limits under which nothing would work.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.LimitTooSmall"/>.</exception>
    internal static void Check(ResourceLimits limits)
    {
        Refuse(WrongMemory(limits.Memory), limits.Memory);
        Refuse(WrongCpu(limits.Cpu), limits.Cpu);
        Refuse(WrongPids(limits.PidsLimit), limits.PidsLimit);
    }

    private static void Refuse(string? problem, object value)
    {
        if (problem is not null)
            throw new SandboxException(SandboxErrorId.LimitTooSmall, SandboxErrorCategory.InvalidArgument, problem + ".", value);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
