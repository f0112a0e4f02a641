using System.Globalization;
using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Networks;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Openers;

/// <summary>What openers must be. Each rule says what is wrong with a value, or null.</summary>
public static class OpenerRules
{
    /// <summary>0 or more, and not the user of the main process.</summary>
    /// <param name="user">The number of the agent's user.</param>
    public static string? WrongUser(long user) =>
        user == SlotIdentity.LeaseId
            ? Text($"{user} is the user that holds every container's lease, and an agent with its number could outlive its owner: give another")
            : user is >= 0 and < int.MaxValue ? null : Text($"{user} is no user: give 0 to {int.MaxValue - 1}, and not {SlotIdentity.LeaseId}");

    /// <summary>Names that the kernel knows.</summary>
    /// <param name="list">The capabilities, joined with commas.</param>
    public static string? WrongCapability(string list) =>
        LinuxCapabilities.Read(list) is null
            ? $"'{list}' is no list of capabilities: give names such as NET_BIND_SERVICE or SYS_PTRACE, each by itself (ALL is none)"
            : null;

    /// <summary>Everything that is wrong with openers without asking an engine, each with the opener that it is about.</summary>
    internal static IEnumerable<(string ErrorId, string Opener, string Problem, object Value)> Problems(SandboxOpeners openers)
    {
        if (openers.Network is { } network && NetworkNames.Wrong(network) is { } wrongNetwork)
            yield return (SandboxErrorId.InvalidNetwork, nameof(SandboxOpeners.Network), wrongNetwork, network);
        if (openers.User is { } user && WrongUser(user) is { } wrongUser)
            yield return (SandboxErrorId.UserNotAllowed, nameof(SandboxOpeners.User), wrongUser, user);
        if (openers.AddCapability is { } list && WrongCapability(list) is { } wrongCapability)
            yield return (SandboxErrorId.UnknownCapability, nameof(SandboxOpeners.AddCapability), wrongCapability, list);
    }

    /// <summary>Refuses what no engine could do.</summary>
    /// <exception cref="SandboxException">
    /// <see cref="SandboxErrorId.InvalidNetwork"/>, <see cref="SandboxErrorId.UserNotAllowed"/>, <see cref="SandboxErrorId.UnknownCapability"/>.
    /// </exception>
    internal static void Check(SandboxOpeners openers)
    {
        foreach (var (errorId, _, problem, value) in Problems(openers))
            throw new SandboxException(errorId, SandboxErrorCategory.InvalidArgument, problem + ".", value);
    }

    /// <summary>Refuses what this engine cannot do.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.RuntimeNotFound"/>, <see cref="SandboxErrorId.UserNotAllowed"/>.</exception>
    internal static void CheckOn(BackendCapabilities engine, SandboxOpeners openers)
    {
        if (openers.Runtime is { } runtime && !engine.Engine.Runtimes.Split(", ").Contains(runtime))
        {
            throw new SandboxException(
                SandboxErrorId.RuntimeNotFound,
                SandboxErrorCategory.ObjectNotFound,
                $"The engine has no runtime '{runtime}'. It has: {engine.Engine.Runtimes}. Others are named in its configuration (daemon.json, \"runtimes\").",
                runtime);
        }

        if (openers.User > engine.LastUserId)
        {
            throw new SandboxException(
                SandboxErrorId.UserNotAllowed,
                SandboxErrorCategory.InvalidArgument,
                Text($"The engine maps users, and {openers.User} is beyond what it maps: give {engine.LastUserId} or less."),
                openers.User);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
