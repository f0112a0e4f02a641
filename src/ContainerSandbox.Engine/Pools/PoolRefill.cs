using ContainerSandbox.Engine.Events;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Slots;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Pools;

/// <summary>Starts what a pool lacks and ends what it does not need: no more at once than the pace allows, and never ahead of a claim.</summary>
internal sealed class PoolRefill
{
    // A timer may come a moment early; a slot is then not too old yet.
    private static readonly TimeSpan TimerInaccuracy = TimeSpan.FromMilliseconds(1);

    private readonly PoolBook _book;
    private readonly ISlotSource _slots;
    private readonly RefillPace _pace;
    private readonly PoolTraffic _traffic;
    private readonly ClaimYield _yield;
    private readonly BackgroundWork _background;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly EventLog? _events;
    private readonly ITimer _ageing;
    private bool _ageingDue;
    private bool _pausing;
    private bool _yielding;
    private bool _wasDegraded;
    private TaskCompletionSource _pauseOver = new();

    public PoolRefill(
        PoolBook book, ISlotSource slots, RefillPace pace, PoolTraffic traffic, BackgroundWork background, TimeProvider timeProvider, ILogger logger,
        EventLog? events = null)
    {
        _book = book;
        _slots = slots;
        _pace = pace;
        _traffic = traffic;
        _yield = traffic.Yield;
        _background = background;
        _timeProvider = timeProvider;
        _logger = logger;
        _events = events;
        _ageing = timeProvider.CreateTimer(_ => Aged(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Does what there is to do: to be called after every change.</summary>
    public void Pump()
    {
        lock (_book.Gate)
        {
            if (_yielding)
                return;
            if (IsAnythingDue && !_yield.IsQuiet)
            {
                _yielding = true;
                _background.Start("letting claims go first", YieldAsync);
                return;
            }

            Act();
        }
    }

    /// <summary>Ends a slot. It counts as being removed until its lease is closed.</summary>
    public void Retire(Slot slot, string reason)
    {
        EngineLog.SlotDiscarded(_logger, slot.Name, reason);
        lock (_book.Gate)
            _book.BeginRemoving(slot);
        _background.Start($"discarding slot '{slot.Name}'", async cancellationToken =>
        {
            try
            {
                // What has ended already costs the engine nothing.
                if (!slot.IsGone)
                    await _yield.WaitAsync(cancellationToken).ConfigureAwait(false);
                await slot.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                lock (_book.Gate)
                    _book.EndRemoving(slot);
                Pump();
            }
        });
    }

    /// <summary>A slot of the pool has ended by itself.</summary>
    public void Died(Slot slot)
    {
        lock (_book.Gate)
        {
            if (_pace.Died(slot.ReadySince, slot.Template.ImageReference))
                Pause();
            TellTrouble();
            Retire(slot, "its container ended");
        }
    }

    /// <summary>The engine answers after it did not: a pause that is under way ends.</summary>
    public void EngineIsBack()
    {
        lock (_book.Gate)
        {
            _pace.EngineIsBack();
            _pauseOver.TrySetResult();
        }
    }

    /// <summary>Starts nothing more, and nothing grows old.</summary>
    public void Stop() => _ageing.Dispose();

    private bool IsAnythingDue => _book.HasSurplus || MayStart;

    private bool MayStart => !_book.IsClosed && !_background.Stopping.IsCancellationRequested && !_pausing && _book.Missing > 0
        && _book.Creating < _pace.Concurrency(_book.IsLow);

    private void Act()
    {
        while (_book.HasSurplus)
            Retire(_book.RemoveSurplus(), "it is too old, of an earlier template, or one too many");
        var lane = _pace.LastError is null ? _traffic.Starts : _traffic.Trials;
        while (MayStart && lane.TryEnter(Granted, _pace.Concurrency(_book.IsLow)))
            Start(lane);

        if (!_ageingDue && !_book.IsClosed && _book.UntilNextAged is { } due)
        {
            _ageingDue = true;
            _ageing.Change(due + TimerInaccuracy, Timeout.InfiniteTimeSpan);
        }
    }

    // A place among the starts of all pools became free for this one. Where it is not needed any more, or not this very moment, the next has it.
    private void Granted(StartLane lane)
    {
        lock (_book.Gate)
        {
            if (MayStart && !_yielding && _yield.IsQuiet)
            {
                Start(lane);
                return;
            }
        }

        lane.Leave();
        Pump();
    }

    private void Start(StartLane lane)
    {
        var template = _book.Template;
        _book.Creating++;
        _background.Start("starting a container for the pool", token => CreateAsync(template, lane, token));
    }

    private void Aged()
    {
        lock (_book.Gate)
            _ageingDue = false;
        Pump();
    }

    private async Task YieldAsync(CancellationToken cancellationToken)
    {
        await _yield.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_book.Gate)
        {
            _yielding = false;
            Act();
        }
    }

    private async Task CreateAsync(SandboxTemplate template, StartLane lane, CancellationToken cancellationToken)
    {
        Slot? slot = null;
        SandboxException? error = null;
        try
        {
            slot = await _slots.StartAsync(template, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            EngineLog.SlotFailed(_logger, exception.Message);
            error = exception as SandboxException ?? new SandboxException(
                SandboxErrorId.EngineError, SandboxErrorCategory.NotSpecified, exception.Message, template.ImageReference, exception);
        }
        finally
        {
            lock (_book.Gate)
                Finish(slot, error);
            lane.Leave();
            Pump();
        }
    }

    private void Finish(Slot? slot, SandboxException? error)
    {
        var atOnce = _book.Creating--;
        if (slot is not null)
            Created(slot, atOnce);
        if (error is not null)
        {
            _pace.Failed(error);
            Pause();
        }

        TellTrouble();
        _book.Pulse();
    }

    // Under the gate: once when the trouble begins, and once when it is over.
    private void TellTrouble()
    {
        if (_pace.IsDegraded == _wasDegraded)
            return;
        _wasDegraded = _pace.IsDegraded;
        if (_wasDegraded)
            _events?.PoolDegraded(_book.Template.Name, _pace.LastError?.Message ?? "");
        else
            _events?.PoolRecovered(_book.Template.Name);
    }

    private void Created(Slot slot, int atOnce)
    {
        slot.ReadySince = _timeProvider.GetTimestamp();
        _pace.Succeeded(atOnce, moreWanted: _book.Missing > 1);
        if (_book.IsClosed)
        {
            Retire(slot, "the pool was closed while it started");
            return;
        }

        if (slot.IsGone)
        {
            Died(slot);
            return;
        }

        _book.Add(slot);
        if (_book.Ready >= _book.Wanted)
            _pace.Filled();
    }

    private void Pause()
    {
        if (_pausing)
            return;
        _pausing = true;
        var over = _pauseOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _background.Start("waiting before the next start", async cancellationToken =>
        {
            await over.Task.WaitAsync(PauseNow(), _timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            lock (_book.Gate)
                _pausing = false;
            Pump();
        });
    }

    private TimeSpan PauseNow()
    {
        lock (_book.Gate)
            return _pace.Pause;
    }
}
