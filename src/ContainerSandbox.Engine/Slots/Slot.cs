using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Commands;
using ContainerSandbox.Engine.Monitoring;
using ContainerSandbox.Engine.Sessions;
using ContainerSandbox.Engine.Workspaces;

namespace ContainerSandbox.Engine.Slots;

/// <summary>One started, verified container: nobody's while a pool holds it, an agent's after a claim.</summary>
internal sealed class Slot : IAsyncDisposable
{
    private readonly IContainerLease _lease;
    private readonly TaskCompletionSource _destroyed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ResourceGauge? _gauge;

    public Slot(
        string name, SandboxTemplate template, string imageId, ResourceLimits limits, IContainerLease lease, SessionSet sessions, IsolatedSessions isolated, MemoryWatch memory)
    {
        Name = name;
        Template = template;
        ImageId = imageId;
        Limits = limits;
        FileSystemMemory = limits.Memory;
        Sessions = sessions;
        Isolated = isolated;
        Memory = memory;
        _lease = lease;
    }

    public string Name { get; }

    public string ContainerId => _lease.ContainerId;

    public SandboxTemplate Template { get; }

    /// <summary>The identity of the image that it was made from.</summary>
    public string ImageId { get; }

    /// <summary>The limits that its container has now.</summary>
    public ResourceLimits Limits { get; set; }

    /// <summary>The memory limit that its file systems were made for: they take half of it, whatever its limits are later.</summary>
    public long FileSystemMemory { get; }

    /// <summary>The highest memory limit, in bytes, at which its memory was used up; 0 when it never was.</summary>
    public long MemoryUsedUp { get; set; }

    /// <summary>Timestamp of the moment from which on it was ready: its age counts from here.</summary>
    public long ReadySince { get; set; }

    public SessionSet Sessions { get; }

    public IsolatedSessions Isolated { get; }

    public MemoryWatch Memory { get; }

    /// <summary>The folder that its container has as workspace; null where that is in memory.</summary>
    public BoundFolder? Workspace { get; init; }

    /// <summary>Reads what its container uses; null before anybody asked.</summary>
    public ResourceGauge? Gauge => Volatile.Read(ref _gauge);

    /// <summary>Ends when its container is not held any more: it was released, or the connection broke.</summary>
    public Task LeaseEnded => _lease.Ended;

    /// <summary>True once nobody here wants its container any more.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>Why its container ended, where the engine said that it did.</summary>
    public string EndReason { get; private set; } = "its container ended";

    /// <summary>When a process in it was ended last because its memory was used up, by the engine's clock.</summary>
    public DateTimeOffset? OutOfMemoryAt { get; set; }

    /// <summary>True once the engine said that the container ended.</summary>
    public bool IsGone => _ended.Task.IsCompleted;

    /// <summary>Ends when the engine said that the container ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The engine said that the container ended. The first reason is the right one.</summary>
    public void MarkGone(string reason)
    {
        if (!IsGone)
            EndReason = reason;
        _ended.TrySetResult();
    }

    /// <summary>Ends when the engine said that the container was removed.</summary>
    public Task Destroyed => _destroyed.Task;

    /// <summary>The engine said that the container was removed.</summary>
    public void MarkDestroyed(string reason)
    {
        MarkGone(reason);
        _destroyed.TrySetResult();
    }

    /// <summary>True when anything came from the container at this timestamp or later: it answers.</summary>
    public bool HeardSince(long timestamp) => Sessions.HeardSince(timestamp) || Isolated.HeardSince(timestamp);

    /// <summary>Gives it a gauge, once: whoever comes second gets the first one's.</summary>
    public ResourceGauge SetGauge(ResourceGauge gauge) => Interlocked.CompareExchange(ref _gauge, gauge, null) ?? gauge;

    /// <summary>Lets the container end. At once, without a call.</summary>
    public void Release()
    {
        IsReleased = true;
        _lease.Release();
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        await Sessions.DisposeAsync().ConfigureAwait(false);
        await Isolated.DisposeAsync().ConfigureAwait(false);
        await _lease.DisposeAsync().ConfigureAwait(false);
        Gauge?.Dispose();
        Workspace?.Dispose();
    }
}
