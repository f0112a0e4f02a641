using System.Globalization;
using ContainerSandbox.Engine.Networks;

namespace ContainerSandbox.Engine.Openers;

/// <summary>Names the default protections that are off.</summary>
internal static class Weakenings
{
    private const string LeaseBreakable = "LeaseBreakable";

    /// <summary>Those of a container.</summary>
    public static IReadOnlyList<string> Of(SandboxOpeners openers)
    {
        var capabilities = Capabilities(openers);
        string?[] all =
        [
            NetworkNames.IsNone(openers.Network) ? null : Valued(nameof(SandboxOpeners.Network), openers.Network),
            openers.WritableRoot == true ? nameof(SandboxOpeners.WritableRoot) : null,
            Valued(nameof(SandboxOpeners.User), openers.User?.ToString(CultureInfo.InvariantCulture)),
            .. capabilities.Select(name => Valued(nameof(SandboxOpeners.AddCapability), name)),
            capabilities.Any(LinuxCapabilities.BreaksLease) ? LeaseBreakable : null,
            openers.AllowNewPrivileges == true ? nameof(SandboxOpeners.AllowNewPrivileges) : null,
            openers.AllowExecInTmp == true ? nameof(SandboxOpeners.AllowExecInTmp) : null,
            Valued(nameof(SandboxOpeners.SeccompProfile), openers.SeccompProfile),
            Valued(nameof(SandboxOpeners.Runtime), openers.Runtime),
        ];
        return [.. all.OfType<string>()];
    }

    /// <summary>Those of one or more kinds of containers, each once, as they are shown.</summary>
    public static string Join(IEnumerable<SandboxOpeners> openers) => string.Join(", ", openers.SelectMany(Of).Distinct());

    /// <summary>The capabilities that were asked for.</summary>
    public static IReadOnlyList<string> Capabilities(SandboxOpeners openers) =>
        openers.AddCapability is { } list ? LinuxCapabilities.Read(list) ?? [] : [];

    private static string? Valued(string name, string? value) => value is null ? null : $"{name}={value}";
}
