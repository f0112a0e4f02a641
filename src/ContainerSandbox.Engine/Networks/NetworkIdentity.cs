using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Ownership;

namespace ContainerSandbox.Engine.Networks;

/// <summary>Which network is a sandbox's own.</summary>
internal static class NetworkIdentity
{
    /// <summary>Its name.</summary>
    public static string Name(string sandboxId) => $"{ContainerNames.Prefix(sandboxId)}network";

    /// <summary>True for that of a sandbox: name and labels agree, the owner's too.</summary>
    public static bool IsOf(SandboxIdentity sandbox, BackendNetwork network) =>
        network.Name == Name(sandbox.SandboxId) && OwnershipMarks.Read(network.Name, network.Labels) is { } marks && sandbox.Owns(marks);
}
