using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Slots;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Pools;

/// <summary>Keeps containers ready. What it starts is exactly its target minus what is ready, lent, being started and being removed.</summary>
internal sealed class SandboxPool(
    SandboxTemplate template, int target, SlotFactory slots, RefillPace pace, BackgroundWork background, TimeProvider timeProvider, ILogger logger)
{
    // Refill is what makes the tail of a claim: it begins when the caller has had its object for a while.
    private static readonly TimeSpan RefillDelay = TimeSpan.FromMilliseconds(20);

    private readonly object _gate = new();
    private readonly Queue<Slot> _ready = new();
    private readonly HashSet<Slot> _lent = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _creating;
    private int _removing;
    private bool _refillDue;
    private bool _pausing;
    private bool _closed;
    private SandboxException? _lastError;

    public SandboxTemplate Template => template;

    public int Target => target;

    /// <summary>Slots that are ready.</summary>
    public int Ready
    {
        get
        {
            lock (_gate)
                return _ready.Count;
        }
    }

    /// <summary>What it is doing.</summary>
    public PoolState State
    {
        get
        {
            lock (_gate)
            {
                if (target == 0)
                    return PoolState.Disabled;
                return pace.IsDegraded ? PoolState.Degraded : _ready.Count >= target ? PoolState.Ready : PoolState.Filling;
            }
        }
    }

    /// <summary>
    /// Takes a slot that nobody else will get; null when none is ready. It is lent, and not replaced, until it is claimed, put back
    /// or discarded.
    /// </summary>
    public Slot? TryTake()
    {
        lock (_gate)
        {
            while (_ready.TryDequeue(out var slot))
            {
                if (!slot.IsGone)
                {
                    _lent.Add(slot);
                    return slot;
                }

                Discard(slot, "its container ended");
            }
        }

        return null;
    }

    /// <summary>A slot, of the pool or not, was claimed: the pool fills again a moment later. Claims that follow do not put that off.</summary>
    public void Claimed(Slot slot)
    {
        lock (_gate)
        {
            _lent.Remove(slot);
            if (_refillDue || _closed || target == 0)
                return;
            _refillDue = true;
        }

        background.Start("refilling the pool", async cancellationToken =>
        {
            await Task.Delay(RefillDelay, timeProvider, cancellationToken).ConfigureAwait(false);
            lock (_gate)
                _refillDue = false;
            Pump();
        });
    }

    /// <summary>Takes back a slot that was taken and not used.</summary>
    public void PutBack(Slot slot)
    {
        lock (_gate)
        {
            if (!_closed && !slot.IsGone)
            {
                _lent.Remove(slot);
                _ready.Enqueue(slot);
                return;
            }
        }

        Discard(slot, slot.IsGone ? "its container ended" : "the pool is closed");
    }

    /// <summary>Ends a slot that is not to be used. It counts as being removed until its lease is closed.</summary>
    public void Discard(Slot slot, string reason)
    {
        EngineLog.SlotDiscarded(logger, slot.Name, reason);
        lock (_gate)
        {
            _lent.Remove(slot);
            _removing++;
        }

        background.Start($"discarding slot '{slot.Name}'", async _ =>
        {
            try
            {
                await slot.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                lock (_gate)
                    _removing--;
                Pump();
            }
        });
    }

    /// <summary>A container ended, maybe that of a slot: it is dropped and replaced.</summary>
    public void OnContainerGone(string containerId)
    {
        Slot? gone;
        lock (_gate)
        {
            gone = _ready.FirstOrDefault(slot => slot.ContainerId == containerId);
            if (gone is null)
                return;
            Slot[] kept = [.. _ready.Where(slot => slot != gone)];
            _ready.Clear();
            Array.ForEach(kept, _ready.Enqueue);
        }

        Discard(gone, "its container ended");
    }

    /// <summary>Fills the pool and waits for it.</summary>
    /// <param name="report">Hears how many are ready.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SandboxException">Nothing could be started.</exception>
    public async Task FillAsync(Action<int> report, CancellationToken cancellationToken)
    {
        Pump();
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_ready.Count >= target)
                    return;
                if (_lastError is { } error && _ready.Count == 0 && (IsFinal(error) || pace.IsDegraded))
                    throw error;
                changed = _changed.Task;
            }

            report(Ready);
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts nothing more and gives up what is ready.</summary>
    public IReadOnlyList<Slot> Close()
    {
        lock (_gate)
        {
            _closed = true;
            Slot[] left = [.. _ready];
            _ready.Clear();
            return left;
        }
    }

    /// <summary>What it is now.</summary>
    public SandboxPoolInfo GetInfo(string sandboxId, long warmClaims, long coldClaims, MissReason lastMiss)
    {
        var claims = warmClaims + coldClaims;
        lock (_gate)
        {
            return new SandboxPoolInfo
            {
                SandboxId = sandboxId,
                Specialization = template.Name,
                Image = template.ImageReference,
                Target = target,
                Ready = _ready.Count,
                Creating = _creating,
                Removing = _removing,
                State = State,
                WarmClaims = warmClaims,
                ColdClaims = coldClaims,
                HitRate = claims == 0 ? null : (double)warmClaims / claims,
                LastMissReason = lastMiss,
                LastError = _lastError?.Message ?? "",
            };
        }
    }

    // An image or an engine that lacks something will lack it the next time too.
    private static bool IsFinal(SandboxException error) => error.ErrorId is SandboxErrorId.ImageHasNoShell or SandboxErrorId.EngineHasNoInit
        or SandboxErrorId.ImageNotFound or SandboxErrorId.EngineAccessDenied or SandboxErrorId.StartFailed;

    private void Pump()
    {
        lock (_gate)
        {
            while (!_closed && !_pausing && _creating < pace.Concurrency && target - _ready.Count - _lent.Count - _creating - _removing > 0)
            {
                _creating++;
                background.Start("starting a container for the pool", CreateAsync);
            }
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var slot = await slots.StartAsync(template, template.Limits, isAwaited: false, cancellationToken).ConfigureAwait(false);
            Created(slot);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            EngineLog.SlotFailed(logger, exception.Message);
            Failed(exception as SandboxException ?? new SandboxException(
                SandboxErrorId.EngineError, SandboxErrorCategory.NotSpecified, exception.Message, template.ImageReference, exception));
        }
        finally
        {
            lock (_gate)
            {
                _creating--;
                Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            }

            Pump();
        }
    }

    private void Created(Slot slot)
    {
        lock (_gate)
        {
            pace.Succeeded();
            _lastError = null;
            if (!_closed && !slot.IsGone)
            {
                _ready.Enqueue(slot);
                if (_ready.Count >= target)
                    pace.Filled();
                return;
            }
        }

        Discard(slot, slot.IsGone ? "its container ended while it started" : "the pool was closed while it started");
    }

    private void Failed(SandboxException exception)
    {
        lock (_gate)
        {
            pace.Failed();
            _lastError = exception;
            if (_pausing)
                return;
            _pausing = true;
        }

        background.Start("waiting before the next start", async cancellationToken =>
        {
            await Task.Delay(pace.Pause, timeProvider, cancellationToken).ConfigureAwait(false);
            lock (_gate)
                _pausing = false;
            Pump();
        });
    }
}
