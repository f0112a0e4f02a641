namespace ContainerSandbox.Engine.Slots;

/// <summary>Lets starts happen one after another, in the order in which they were asked for.</summary>
internal sealed class StartTurns
{
    private Task _last = Task.CompletedTask;

    /// <summary>Waits for the turn, then starts.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> start, CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Interlocked.Exchange(ref _last, turn.Task);
        try
        {
            await before.WaitAsync(cancellationToken).ConfigureAwait(false);
            return await start().ConfigureAwait(false);
        }
        finally
        {
            // Whoever gave up while waiting hands its place on, and not that of those before.
            _ = before.ContinueWith(
                _ => turn.SetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
