namespace ContainerSandbox.Engine.Pools;

/// <summary>Lets a pool rest when nothing was claimed for long. The next claim wakes it.</summary>
internal sealed class PoolIdle
{
    // A timer may come a moment early; the time is not over yet then.
    private static readonly TimeSpan TimerInaccuracy = TimeSpan.FromMilliseconds(1);

    private readonly PoolBook _book;
    private readonly TimeSpan _timeout;
    private readonly Action _pump;
    private readonly TimeProvider _timeProvider;
    private readonly ITimer _timer;
    private long _claimed;

    /// <summary>Makes the rest of one pool.</summary>
    /// <param name="book">The pool.</param>
    /// <param name="timeout">How long nothing must be claimed.</param>
    /// <param name="pump">Called after a change.</param>
    /// <param name="timeProvider">Time.</param>
    public PoolIdle(PoolBook book, TimeSpan timeout, Action pump, TimeProvider timeProvider)
    {
        _book = book;
        _timeout = timeout;
        _pump = pump;
        _timeProvider = timeProvider;
        _claimed = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateTimer(_ => Look(), null, timeout + TimerInaccuracy, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A claim was served. No timer is touched: this is the way of a warm claim.</summary>
    public void Claimed() => Volatile.Write(ref _claimed, _timeProvider.GetTimestamp());

    /// <summary>Ends the rest; false when there was none.</summary>
    public bool Wake()
    {
        lock (_book.Gate)
        {
            if (!_book.IsResting)
                return false;
            _book.IsResting = false;
            Claimed();
            Arm(_timeout);
        }

        _pump();
        return true;
    }

    /// <summary>It rests no more.</summary>
    public void Stop() => _timer.Dispose();

    private void Look()
    {
        lock (_book.Gate)
        {
            if (_book.IsClosed)
                return;

            // While it is being filled, as at first when an image is on its way, it has not been idle yet.
            if (_book.Ready < _book.Wanted)
                Claimed();
            var left = _timeout - _timeProvider.GetElapsedTime(Volatile.Read(ref _claimed));
            _book.IsResting = left <= TimeSpan.Zero;
            if (!_book.IsResting)
                Arm(left);
        }

        _pump();
    }

    private void Arm(TimeSpan time) => _timer.Change(time + TimerInaccuracy, Timeout.InfiniteTimeSpan);
}
