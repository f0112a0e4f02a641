using System.Collections.Concurrent;

namespace ContainerSandbox.Docker.Containers;

/// <summary>
/// Removes what a start left half made, without keeping anybody waiting. What it cannot remove in its few attempts stays for the
/// sweep, which finds it by its labels: that is why its failures are not reported.
/// </summary>
internal sealed class Leftovers : IAsyncDisposable
{
    // A create that was sent may be carried out long after its caller gave up.
    private static readonly TimeSpan[] Pauses = [.. new[] { 0, 0.2, 0.3, 0.5, 1, 1, 2, 5, 10, 20 }.Select(TimeSpan.FromSeconds)];

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);
    private readonly ContainerLookup _lookup;
    private readonly ContainerRemoval _removal;
    private readonly TimeProvider _timeProvider;
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;

    public Leftovers(ContainerLookup lookup, ContainerRemoval removal, TimeProvider timeProvider)
    {
        _lookup = lookup;
        _removal = removal;
        _timeProvider = timeProvider;
        _closed = _closing.Token;
    }

    /// <summary>Removes a container that exists. The task never fails.</summary>
    public Task RemoveAsync(string containerId) => Own(token => AttemptAsync(
        async () =>
        {
            await _removal.RemoveAsync(containerId, token).ConfigureAwait(false);
            return true;
        },
        token));

    /// <summary>Removes a container that may exist, or may come to exist. The task never fails.</summary>
    public Task RemoveAsync(ContainerSpec spec) => Own(token =>
    {
        var seen = false;
        return AttemptAsync(
            async () =>
            {
                // An engine lists a container a moment before it can remove it and until then calls it unknown: only a look
                // afterwards proves a removal.
                if (await _lookup.FindAsync(spec, token).ConfigureAwait(false) is not { } id)
                    return seen;
                seen = true;
                await _removal.RemoveAsync(id, token).ConfigureAwait(false);
                return false;
            },
            token);
    });

    public async ValueTask DisposeAsync()
    {
        var rest = Task.WhenAll(_running.Keys);
        try
        {
            await rest.WaitAsync(Farewell, _timeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What is not done by now is the sweep's.
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await rest.ConfigureAwait(false);
        _closing.Dispose();
    }

    private Task Own(Func<CancellationToken, Task> work)
    {
        var task = work(_closed);
        _running.TryAdd(task, true);
        _ = ForgetAsync(task);
        return task;
    }

    private async Task ForgetAsync(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _running.TryRemove(task, out _);
    }

    private async Task AttemptAsync(Func<Task<bool>> attempt, CancellationToken cancellationToken)
    {
        foreach (var pause in Pauses)
        {
            try
            {
                await Task.Delay(pause, _timeProvider, cancellationToken).ConfigureAwait(false);
                if (await attempt().ConfigureAwait(false))
                    return;
            }
            catch (SandboxException)
            {
                continue;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
