using ContainerSandbox.Engine.Events;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Openers;
using ContainerSandbox.Engine.Slots;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Pools;

/// <summary>
/// Keeps containers ready. What it starts is exactly its target minus what is ready, lent, being started and being removed; while a
/// container is to be replaced, one more, which takes its place.
/// </summary>
internal sealed class SandboxPool
{
    // Long enough to cost nothing, short enough that no container gathers the dirt of days.
    private static readonly TimeSpan UsualMaximumAge = TimeSpan.FromHours(6);

    private readonly PoolBook _book;
    private readonly RefillPace _pace;
    private readonly ClaimYield _yield;
    private readonly PoolRefill _refill;
    private readonly PoolIdle? _idle;

    public SandboxPool(
        SandboxTemplate template, int target, ISlotSource slots, RefillPace pace, PoolTraffic traffic, BackgroundWork background,
        TimeProvider timeProvider, ILogger logger, bool isEnabled = true, PoolImages? images = null, TimeSpan? maximumAge = null,
        TimeSpan? idleTimeout = null, EventLog? events = null)
    {
        _pace = pace;
        _yield = traffic.Yield;
        _book = new PoolBook(template, target, isEnabled, images ?? PoolImages.Fixed, maximumAge ?? UsualMaximumAge, traffic, timeProvider);
        _refill = new PoolRefill(_book, slots, pace, traffic, background, timeProvider, logger, events);
        if (idleTimeout is { } timeout)
            _idle = new PoolIdle(_book, timeout, _refill.Pump, timeProvider);
    }

    /// <summary>What its containers are. Changing it replaces those of the earlier one, each when its successor is ready.</summary>
    public SandboxTemplate Template => Locked(book => book.Template);

    public int Target => Locked(book => book.Target);

    /// <summary>True when claims are not served from here.</summary>
    public bool IsDisabled => Locked(book => book.IsDisabled);

    /// <summary>Slots that are ready.</summary>
    public int Ready => Locked(book => book.Ready);

    /// <summary>The claims that came here.</summary>
    public PoolClaims Claims { get; } = new();

    /// <summary>What it is doing.</summary>
    public PoolState State => Locked(book => book.IsDisabled ? PoolState.Disabled
        : _pace.IsDegraded ? PoolState.Degraded
        : book.IsResting ? PoolState.Idle
        : book.Ready >= book.Target ? PoolState.Ready : PoolState.Filling);

    /// <summary>Why it cannot be filled at the moment; empty when it can.</summary>
    public string Trouble => Locked(book => !book.IsDisabled && _pace.IsDegraded ? _pace.LastError?.Message ?? "" : "");

    /// <summary>
    /// Takes a slot that nobody else will get; null when none is ready. It is lent, and not replaced, until it is claimed, put back
    /// or discarded.
    /// </summary>
    public Slot? TryTake()
    {
        lock (_book.Gate)
        {
            while (_book.Lend() is { } slot)
            {
                if (!slot.IsGone)
                    return slot;
                _book.EndLending(slot);
                _refill.Died(slot);
            }
        }

        return null;
    }

    /// <summary>Fills a pool again that rests because nothing was claimed for long; false when it does not rest.</summary>
    public bool Wake() => _idle?.Wake() ?? false;

    /// <summary>A slot, of the pool or not, was claimed: the pool fills again a moment later. Claims that follow do not put that off.</summary>
    public void Claimed(Slot slot)
    {
        lock (_book.Gate)
            _book.EndLending(slot);
        _yield.Claimed();
        _idle?.Claimed();
        _refill.Pump();
    }

    /// <summary>Takes back a slot that was taken and not used.</summary>
    public void PutBack(Slot slot)
    {
        lock (_book.Gate)
        {
            _book.EndLending(slot);
            if (_book.IsClosed)
                _refill.Retire(slot, "the pool is closed");
            else if (slot.IsGone)
                _refill.Died(slot);
            else
                _book.Add(slot);
        }

        _refill.Pump();
    }

    /// <summary>Ends a slot that is not to be used. It counts as being removed until its lease is closed.</summary>
    public void Discard(Slot slot, string reason)
    {
        lock (_book.Gate)
        {
            _book.EndLending(slot);
            _refill.Retire(slot, reason);
        }
    }

    /// <summary>A container ended, maybe that of a slot: it is dropped and replaced.</summary>
    public void OnContainerGone(string containerId)
    {
        lock (_book.Gate)
        {
            if (_book.Remove(containerId) is { } gone)
                _refill.Died(gone);
        }
    }

    /// <summary>The engine answers after it did not: a start that waits for better times is tried now.</summary>
    public void EngineIsBack() => _refill.EngineIsBack();

    /// <summary>The name of its image stands for another one: its slots are replaced as the policy says.</summary>
    public void ImageMoved()
    {
        lock (_book.Gate)
        {
            foreach (var slot in _book.RemoveOutdated())
                _refill.Retire(slot, "the name of its image stands for another image now");
        }

        _refill.Pump();
    }

    /// <summary>Changes how many it keeps ready, and what. What is too many goes; what is missing is started.</summary>
    public void Change(SandboxTemplate template, int target)
    {
        lock (_book.Gate)
        {
            _book.Template = template;
            _book.Target = target;
            _book.Pulse();
        }

        _refill.Pump();
    }

    /// <summary>Begins to fill the pool and does not wait.</summary>
    public void Begin() => _refill.Pump();

    /// <summary>Fills the pool and waits for it.</summary>
    /// <param name="report">Hears how many are ready.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SandboxException">Nothing could be started.</exception>
    public async Task FillAsync(Action<int> report, CancellationToken cancellationToken)
    {
        _refill.Pump();
        while (true)
        {
            Task changed;
            lock (_book.Gate)
            {
                if (_book.Ready >= _book.Wanted || _book.IsClosed)
                    return;
                if (_pace.LastError is { } error && _book.Ready == 0 && (IsFinal(error) || _pace.IsDegraded))
                    throw error;
                changed = _book.Changed;
            }

            report(Ready);
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts nothing more and gives up what is ready.</summary>
    public IReadOnlyList<Slot> Close()
    {
        lock (_book.Gate)
        {
            _refill.Stop();
            _idle?.Stop();
            _book.Pulse();
            return _book.Close();
        }
    }

    /// <summary>What it is now.</summary>
    /// <param name="sandboxId">The sandbox.</param>
    /// <param name="isDetailed">True with each slot and the last misses.</param>
    public SandboxPoolInfo GetInfo(string sandboxId, bool isDetailed = false)
    {
        var (warm, cold, misses) = Claims.Read();
        return Locked(book => new SandboxPoolInfo
        {
            SandboxId = sandboxId,
            Specialization = book.Template.Name,
            Image = book.Template.ImageReference,
            Memory = book.Template.Limits.Memory,
            Cpu = book.Template.Limits.Cpu,
            PidsLimit = book.Template.Limits.PidsLimit,
            Weakenings = Weakenings.Join([book.Template.Openers]),
            Target = book.Target,
            Ready = book.Ready,
            Creating = book.Creating,
            Removing = book.Removing,
            State = State,
            WarmClaims = warm,
            ColdClaims = cold,
            HitRate = warm + cold == 0 ? null : (double)warm / (warm + cold),
            LastMissReason = misses.Count == 0 ? MissReason.None : misses[0].Reason,
            LastError = _pace.LastError?.Message ?? "",
            Slots = isDetailed ? SlotDescriptions.Of(book) : [],
            Misses = isDetailed ? misses : [],
        });
    }

    // An image or an engine that lacks something will lack it the next time too.
    private static bool IsFinal(SandboxException error) => error.ErrorId is SandboxErrorId.ImageHasNoShell or SandboxErrorId.EngineHasNoInit
        or SandboxErrorId.ImageNotFound or SandboxErrorId.ImagePlatformDiffers or SandboxErrorId.RegistryAccessDenied
        or SandboxErrorId.EngineAccessDenied or SandboxErrorId.StartFailed
        or SandboxErrorId.NetworkNotFound or SandboxErrorId.NetworkNotIsolated or SandboxErrorId.AddressPoolsExhausted
        or SandboxErrorId.WorkspaceNotShared or SandboxErrorId.WorkspaceNotWritable;

    private T Locked<T>(Func<PoolBook, T> read)
    {
        lock (_book.Gate)
            return read(_book);
    }
}
