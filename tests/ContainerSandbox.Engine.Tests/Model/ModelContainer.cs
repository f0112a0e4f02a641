using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Tests.Model;

/// <summary>A container of the model's engine, and what became of it.</summary>
internal sealed class ModelContainer(string id, Action<ModelContainer> released) : IContainerLease
{
    private readonly TaskCompletionSource _closed = new();

    public string ContainerId => id;

    public Task Ended => _closed.Task;

    public Slot Slot { get; set; } = null!;

    public Fate Fate { get; set; } = Fate.Pooled;

    public bool IsReleased { get; private set; }

    public bool IsClosing { get; private set; }

    public bool IsClosed => _closed.Task.IsCompleted;

    /// <summary>True: it ended, and the pool was not told yet.</summary>
    public bool IsUntold { get; set; }

    public void Release()
    {
        if (IsReleased)
            return;
        IsReleased = true;
        released(this);
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        IsClosing = true;
        await _closed.Task;
    }

    /// <summary>The engine is done with closing it.</summary>
    public void FinishClosing()
    {
        IsClosing = false;
        _closed.TrySetResult();
    }
}
