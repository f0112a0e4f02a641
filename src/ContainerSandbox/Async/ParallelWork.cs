namespace ContainerSandbox.Async;

/// <summary>Runs several pieces of work of one cmdlet at once, bounded, and hands their outcomes over on the pipeline thread.</summary>
/// <typeparam name="T">What each piece gives.</typeparam>
/// <param name="command">The cmdlet.</param>
/// <param name="limit">Pieces that run at once.</param>
/// <param name="inOrder">True hands over in the order of the input, false as they complete.</param>
/// <param name="emit">Takes an outcome.</param>
internal sealed class ParallelWork<T>(AsyncSandboxCommand command, int limit, bool inOrder, Action<T> emit)
{
    private readonly List<(object? Target, PendingWork<T> Work)> _items = [];

    /// <summary>Starts one more, once fewer than the limit run.</summary>
    public void Add(object? target, Func<CancellationToken, Task<T>> work)
    {
        command.WaitUntil(() => Running < limit);
        _items.Add((target, command.Start(work)));
        EmitReady();
    }

    /// <summary>Waits for those that run.</summary>
    public void Finish()
    {
        while (_items.Count > 0)
        {
            command.WaitUntil(() => NextReady >= 0);
            EmitReady();
        }

        command.CompleteProgress();
    }

    /// <summary>True when nothing is under way or waits to be handed over.</summary>
    public bool IsEmpty => _items.Count == 0;

    /// <summary>Gives up what was not handed over: what it gave, or gives later, is released.</summary>
    public void Abandon(Action<T> release)
    {
        _items.ForEach(item => item.Work.Abandon(release));
        _items.Clear();
    }

    private int Running => _items.Count(item => !item.Work.IsDone);

    private int NextReady => inOrder
        ? (_items.Count > 0 && _items[0].Work.IsDone ? 0 : -1)
        : _items.FindIndex(item => item.Work.IsDone);

    private void EmitReady()
    {
        for (var index = NextReady; index >= 0; index = NextReady)
        {
            // What is there when the pipeline stops is not handed over half: it stays, for whoever abandons it.
            command.ThrowIfStopping();
            var (target, work) = _items[index];
            _items.RemoveAt(index);
            if (command.TryCollect(work, target, out var result))
                emit(result);
        }
    }
}
