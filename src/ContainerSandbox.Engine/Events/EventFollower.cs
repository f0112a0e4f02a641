using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ContainerSandbox.Engine.Events;

/// <summary>Hears of events in their order. Whoever reads too slowly loses the oldest, and sees how many; nobody waits for a reader.</summary>
internal sealed class EventFollower : IDisposable
{
    private readonly string _sandboxId;
    private readonly Action<EventFollower> _forget;
    private readonly Channel<EventEntry> _waiting;
    private long _dropped;

    public EventFollower(string sandboxId, int capacity, Action<EventFollower> forget)
    {
        _sandboxId = sandboxId;
        _forget = forget;
        _waiting = Channel.CreateBounded<EventEntry>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>Events that were not read in time.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Takes the next event where one waits.</summary>
    public bool TryRead([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out SandboxEvent happened)
    {
        happened = _waiting.Reader.TryRead(out var entry) ? entry.ToEvent(_sandboxId) : null;
        return happened is not null;
    }

    /// <summary>Events as they come, until this is disposed.</summary>
    public async IAsyncEnumerable<SandboxEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in _waiting.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            yield return entry.ToEvent(_sandboxId);
    }

    /// <summary>Hears of one more. Never waits.</summary>
    public void Hear(EventEntry entry) => _waiting.Writer.TryWrite(entry);

    public void Dispose()
    {
        _forget(this);
        _waiting.Writer.TryComplete();
    }
}
