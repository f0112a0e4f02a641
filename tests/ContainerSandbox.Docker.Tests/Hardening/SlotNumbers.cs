using System.Globalization;
using ContainerSandbox.Engine.Sandboxes;

namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>The numbers that an environment's processes have, read inside.</summary>
internal sealed record SlotNumbers(long User, long Session, long Shared)
{
    /// <summary>Reads them; the first of the further groups that is not the session's own is the shared one.</summary>
    public static async Task<SlotNumbers> ReadAsync(Sandbox sandbox, AgentEnvironment environment, bool isolated = false)
    {
        var user = Same(await sandbox.ProbeAsync(environment, "status Uid", isolated));
        var lines = (await sandbox.LineAsync(
            environment, "awk '/^Gid:/ { $1 = \"\"; g = $0 } /^Groups:/ { $1 = \"\"; print g \":\" $0 }' /proc/self/status", isolated)).Split(':');
        var session = Same(lines[0].Trim());
        var groups = Numbers(lines[1].Trim()).Where(group => group != session).ToArray();
        return new SlotNumbers(user, session, Assert.Single(groups));
    }

    // Real, effective, saved and for files: they must not differ.
    private static long Same(string line) => Assert.Single(Numbers(line).Distinct());

    private static long[] Numbers(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
}
