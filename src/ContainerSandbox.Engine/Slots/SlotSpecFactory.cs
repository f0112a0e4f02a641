using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Openers;
using ContainerSandbox.Engine.Ownership;

namespace ContainerSandbox.Engine.Slots;

/// <summary>Writes down the container of a slot, with every default that hardens it and what its template opens.</summary>
internal sealed class SlotSpecFactory(SandboxIdentity sandbox, TimeProvider timeProvider)
{
    private const int OpenFiles = 1024;
    private const int UserProcesses = 4096;

    // Nothing but a signal that the agent may not send, or the end of its input, ends it.
    private static readonly string[] LeaseProcess =
        ["/bin/sh", "-c", "trap '' TERM INT HUP; while IFS= read -r line; do :; done"];

    private int _slots;

    /// <summary>The container of one more slot.</summary>
    public ContainerSpec Next(SandboxTemplate template, BackendImage image, SlotIdentity identity, ResourceLimits limits, string? network) => new()
    {
        Name = $"{ContainerNames.Prefix(sandbox.SandboxId)}{Interlocked.Increment(ref _slots):x4}",
        ImageId = image.Id,
        MainProcess = LeaseProcess,
        UserId = SlotIdentity.LeaseId,
        GroupId = SlotIdentity.LeaseId,
        SharedGroupId = identity.SharedGroupId,
        EnvironmentVariables = new Dictionary<string, string>
        {
            ["HOME"] = SlotPaths.Home,
            ["USER"] = "agent",
            ["LOGNAME"] = "agent",
            ["TMPDIR"] = SlotPaths.Temporary,
        },
        // The main process needs no place of its own, and not every engine can enter one that belongs to the agent on its behalf.
        WorkingDirectory = "/",
        Labels = sandbox.Labels(template.Name, timeProvider.GetUtcNow()),
        Limits = limits,
        TmpfsMounts = TmpfsPlan.Mounts(limits.Memory, identity, image.Volumes, template.Openers.AllowExecInTmp == true),
        SharedMemoryPages = Math.Max(1, limits.Memory / 16 / 4096),
        OpenFilesLimit = OpenFiles,
        UserProcessesLimit = UserProcesses,
        SecurityProfile = template.SecurityProfile,
        WritableRoot = template.Openers.WritableRoot == true,
        AddedCapabilities = Weakenings.Capabilities(template.Openers),
        AllowNewPrivileges = template.Openers.AllowNewPrivileges == true,
        Network = network,
        Runtime = template.Openers.Runtime,
    };
}
