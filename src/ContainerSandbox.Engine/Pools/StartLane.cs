namespace ContainerSandbox.Engine.Pools;

/// <summary>
/// Counts the starts of several pools together. Whoever finds no place gets the next that is free, in the order in which they asked:
/// none goes past another, so each has its turn.
/// </summary>
internal sealed class StartLane
{
    private readonly object _gate = new();
    private readonly List<(Action<StartLane> Granted, int Width)> _waiting = [];
    private int _running;

    /// <summary>Takes a place, or keeps the wish for one.</summary>
    /// <param name="granted">Called later, from any thread and without a lock, when a place was taken for it after all. It uses or leaves it.</param>
    /// <param name="width">Starts of all that may run then, this one too.</param>
    public bool TryEnter(Action<StartLane> granted, int width)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && _running < width)
            {
                _running++;
                return true;
            }

            if (!_waiting.Exists(each => each.Granted == granted))
                _waiting.Add((granted, width));
            return false;
        }
    }

    /// <summary>Gives a place back. Not to be called by one who holds a lock.</summary>
    public void Leave()
    {
        lock (_gate)
            _running--;
        while (Next() is { } granted)
            granted(this);
    }

    private Action<StartLane>? Next()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 || _running >= _waiting[0].Width)
                return null;
            var granted = _waiting[0].Granted;
            _waiting.RemoveAt(0);
            _running++;
            return granted;
        }
    }
}
