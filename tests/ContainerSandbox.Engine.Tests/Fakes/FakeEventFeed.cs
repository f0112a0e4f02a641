using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>An event feed that remembers everything, breaks when told to, and can lose what happens.</summary>
internal sealed class FakeEventFeed<T>(Func<T, DateTimeOffset> when)
{
    private readonly object _gate = new();
    private readonly List<T> _history = [];
    private readonly List<Channel<T>> _watchers = [];
    private readonly List<DateTimeOffset?> _since = [];
    private int _told;
    private int _handled;

    /// <summary>True: what happens now is never told.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>False: what was told is not kept for those who come later.</summary>
    public bool RemembersAll { get; set; } = true;

    /// <summary>From when each watcher asked to hear.</summary>
    public IReadOnlyList<DateTimeOffset?> Since
    {
        get
        {
            lock (_gate)
                return [.. _since];
        }
    }

    /// <summary>True when watchers are done with all that they were told.</summary>
    public bool IsHeard => Volatile.Read(ref _handled) == Volatile.Read(ref _told);

    public int Watchers
    {
        get
        {
            lock (_gate)
                return _watchers.Count;
        }
    }

    public void Emit(T happened)
    {
        lock (_gate)
        {
            if (IsDeaf)
                return;
            if (RemembersAll)
                _history.Add(happened);
            _watchers.ForEach(watcher => Tell(watcher, happened));
        }
    }

    /// <summary>Ends all feeds as a connection that breaks does.</summary>
    public void Break()
    {
        lock (_gate)
        {
            _watchers.ForEach(watcher => watcher.Writer.TryComplete(EngineFault.Broken()));
            _watchers.Clear();
        }
    }

    public async IAsyncEnumerable<T> ReadAsync(DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<T>();
        lock (_gate)
        {
            _since.Add(since);
            if (since is { } moment)
                _history.Where(happened => when(happened) >= moment).ToList().ForEach(happened => Tell(channel, happened));
            _watchers.Add(channel);
        }

        await foreach (var happened in channel.Reader.ReadAllAsync(cancellationToken))
        {
            yield return happened;
            Interlocked.Increment(ref _handled);
        }
    }

    private void Tell(Channel<T> watcher, T happened)
    {
        if (watcher.Writer.TryWrite(happened))
            Interlocked.Increment(ref _told);
    }
}
