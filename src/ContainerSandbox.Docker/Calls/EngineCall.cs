namespace ContainerSandbox.Docker.Calls;

/// <summary>
/// Every call to the engine goes through here: it gets a deadline of its own, heeds the caller's token, and fails only in the port's
/// words.
/// </summary>
internal sealed class EngineCall(string endpoint, TimeProvider timeProvider, Random random)
{
    private readonly Repetition _repetition = new(timeProvider, random);

    /// <summary>The engine's address, for messages.</summary>
    public string Endpoint => endpoint;

    /// <summary>The clock.</summary>
    public TimeProvider Time => timeProvider;

    /// <summary>Asks for an answer; all attempts together have the one deadline.</summary>
    public async Task<T> RunAsync<T>(EngineRequest request, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var deadline = new CancellationTokenSource(request.Deadline, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnceAsync(request, call, deadline.Token, linked.Token, cancellationToken).ConfigureAwait(false);
            }
            catch (SandboxException failure) when (Repetition.IsWorthIt(request, failure, attempt))
            {
                await _repetition.PauseAsync(attempt, linked.Token).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Asks for something to be done.</summary>
    public Task RunAsync(EngineRequest request, Func<CancellationToken, Task> call, CancellationToken cancellationToken) =>
        RunAsync(
            request,
            async token =>
            {
                await call(token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    private async Task<T> RunOnceAsync<T>(
        EngineRequest request, Func<CancellationToken, Task<T>> call, CancellationToken deadline, CancellationToken either, CancellationToken cancellationToken)
    {
        Task<T>? pending = null;
        try
        {
            // The library reads the body of an error without a token, so the token alone would not end every call.
            pending = call(either);
            return await pending.WaitAsync(either).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not SandboxException)
        {
            if (pending is { IsCompleted: false })
                _ = ReleaseLateAsync(pending);

            // The library wraps cancellation into other exceptions: only the tokens tell.
            if (cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException($"Asking the engine to {request.What} was cancelled.", e, cancellationToken);
            if (deadline.IsCancellationRequested)
                throw EngineErrors.Silent(endpoint, request, e);
            if (EngineErrors.Translate(endpoint, request, e) is { } translated)
                throw translated;
            throw;
        }
    }

    // Nobody waits for an abandoned call any more: what it brings late is given back, and how it fails does not matter.
    private static async Task ReleaseLateAsync<T>(Task<T> pending)
    {
        try
        {
            var late = await pending.ConfigureAwait(false);
            (late as IDisposable)?.Dispose();
        }
        catch (Exception)
        {
            return;
        }
    }
}
