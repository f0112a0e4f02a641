using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Pools;
using ContainerSandbox.Engine.Slots;

namespace ContainerSandbox.Engine.Environments;

/// <summary>Finds out whether a slot can be an agent's: its session answers in time and takes the agent's variables.</summary>
internal sealed class SlotVerification(ISandboxBackend backend, SandboxIdentity sandbox, TimeProvider timeProvider)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(250);

    // A machine that is too busy to answer in time would take longer still for a start.
    private static readonly TimeSpan DeadlineOfTheLast = TimeSpan.FromMilliseconds(900);

    /// <summary>Arms a slot, which is its ping too; false when it does not answer. Limits cost a call only where they differ.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="limits">What it is to be limited to.</param>
    /// <param name="arm">What its session is to run.</param>
    /// <param name="isLast">True when only a start of its own could take its place.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<bool> TryAsync(Slot slot, ResourceLimits limits, string arm, bool isLast, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(isLast ? DeadlineOfTheLast : Deadline, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await slot.Sessions.ArmNowAsync(arm, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SandboxException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }

        if (slot.Limits != limits)
        {
            try
            {
                await backend.UpdateContainerAsync(slot.ContainerId, new ContainerUpdate(limits), cancellationToken).ConfigureAwait(false);
            }
            catch (SandboxException exception) when (exception.ErrorId == SandboxErrorId.ContainerNotFound)
            {
                return false;
            }

            slot.Limits = limits;
        }

        return !slot.IsGone;
    }

    /// <summary>
    /// Puts aside a slot that did not answer. After the second in a row the engine is asked: when it is silent the fault is not the
    /// slots', and they go back.
    /// </summary>
    /// <exception cref="SandboxException">The engine is silent.</exception>
    public async Task RejectAsync(SandboxPool pool, List<Slot> failed, Slot slot, CancellationToken cancellationToken)
    {
        failed.Add(slot);
        if (failed.Count < 2)
            return;
        try
        {
            await backend.ListContainersAsync(sandbox.Selector, cancellationToken).ConfigureAwait(false);
        }
        catch (SandboxException)
        {
            failed.ForEach(pool.PutBack);
            failed.Clear();
            throw;
        }
    }
}
