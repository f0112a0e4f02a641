using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Environments;
using ContainerSandbox.Engine.Sandboxes;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Optimization;

/// <summary>A limit of an environment that lives. Its processes notice nothing.</summary>
internal abstract class LimitSetting(SandboxParts parts) : IOptimizedSetting
{
    public abstract string Name { get; }

    public bool CanUndo => true;

    public string Read(SettingSubject subject) => Read(Find(subject).Slot.Limits);

    public async Task<(SettingSubject Subject, string Value)> ChangeAsync(SettingSubject subject, string value, CancellationToken cancellationToken)
    {
        var environment = Find(subject);
        var slot = environment.Slot;
        var limits = Change(slot.Limits, value);
        LimitRules.Check(limits);
        if (!TmpfsPlan.Fits(slot.FileSystemMemory, limits.Memory))
            throw TooSmallForFiles(environment, limits.Memory);
        await parts.Backend.UpdateContainerAsync(slot.ContainerId, new ContainerUpdate(limits), cancellationToken).ConfigureAwait(false);
        environment.ChangeLimits(limits);
        parts.Metrics.Optimized(environment.AgentId);
        return (subject, Read(limits));
    }

    /// <summary>The value of limits, as text.</summary>
    protected abstract string Read(ResourceLimits limits);

    /// <summary>The limits with another value.</summary>
    protected abstract ResourceLimits Change(ResourceLimits limits, string value);

    private LiveEnvironment Find(SettingSubject subject) =>
        parts.Environments.Get(subject.AgentId, subject.EnvironmentId.Length == 0 ? null : subject.EnvironmentId);

    private static SandboxException TooSmallForFiles(LiveEnvironment environment, long memory) => new(
        SandboxErrorId.LimitTooSmall,
        SandboxErrorCategory.InvalidArgument,
        ValueText.Of($"The file systems of '{environment.AgentId}' may take {environment.Slot.FileSystemMemory / 2} bytes, which is more than three quarters of {memory}. Give {MemoryLimitRule.Floor(environment.Slot.FileSystemMemory)} or more."),
        environment.AgentId);
}
