namespace ContainerSandbox.Async;

/// <summary>How long one piece of a cmdlet's work may take: what never ends must not hold a script for ever.</summary>
internal static class WorkLimit
{
    /// <summary>For work that has no timeout of its own.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(10);

    // Beyond a timeout of its own, work needs time for what comes before and after.
    private static readonly TimeSpan Room = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Timers count milliseconds in 32 bits. What is longer than weeks is as good as none.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    /// <summary>The limit of work with a timeout of its own: the usual one, unless that timeout is longer.</summary>
    public static TimeSpan? For(TimeSpan? own) => own switch
    {
        null => Default,
        { } time when time > Longest => null,
        { } time => time + Room > Default ? time + Room : Default,
    };

    /// <summary>Runs work within a limit. At its end the work is cancelled and has a moment to leave nothing half made.</summary>
    /// <param name="work">The work.</param>
    /// <param name="command">The cmdlet, for the message.</param>
    /// <param name="limit">The limit; null for none.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="stop">Stops the work.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.TimeLimitReached"/>.</exception>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> work, string command, TimeSpan? limit, TimeProvider timeProvider, CancellationToken stop)
    {
        if (limit is not { } time)
            return await work(stop).ConfigureAwait(false);
        using var over = new CancellationTokenSource(time, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stop);
        Task<T>? running = null;
        try
        {
            running = work(either.Token);
            return await running.WaitAsync(time + Patience, timeProvider, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or TimeoutException && over.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            if (running is { IsCompleted: false })
                _ = ForgetAsync(running);
            throw new SandboxException(
                SandboxErrorId.TimeLimitReached,
                SandboxErrorCategory.OperationTimeout,
                $"{command} did not end within its limit of {time.TotalMinutes:0.#} minutes and was given up. Look whether the engine works, then run it again.");
        }
    }

    // Nobody waits for it any more, and how it ends does not matter.
    private static async Task ForgetAsync(Task work) => await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
