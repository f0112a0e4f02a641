namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>Holds calls up until it is opened.</summary>
internal sealed class CallGate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrived;

    /// <summary>Calls that came here.</summary>
    public int Arrived => Volatile.Read(ref _arrived);

    public Task PassAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _arrived);
        return _open.Task.WaitAsync(cancellationToken);
    }

    public void Open() => _open.TrySetResult();

    public void Fail(Exception exception) => _open.TrySetException(exception);

    public Task UntilArrivedAsync(int count = 1) => Eventually.TrueAsync(() => Arrived >= count, $"{count} calls at the gate, not {Arrived}");
}
