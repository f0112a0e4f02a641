using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Cleanup;

/// <summary>
/// Asks the engine which containers of a sandbox are still there. Questions that come while one is being asked share the next, so
/// that a hundred removals cost a few listings.
/// </summary>
internal sealed class ContainerAbsence(ISandboxBackend backend, string selector)
{
    private readonly object _gate = new();
    private Task<HashSet<string>>? _asking;
    private Task<HashSet<string>>? _next;

    /// <summary>True when the engine, asked after this call began, does not know the container.</summary>
    public async Task<bool> IsAbsentAsync(string containerId, CancellationToken cancellationToken)
    {
        var present = await Listing().WaitAsync(cancellationToken).ConfigureAwait(false);
        return !present.Contains(containerId);
    }

    private Task<HashSet<string>> Listing()
    {
        lock (_gate)
        {
            // The next begins when the one before it ends: from then on it is under way, and too old for a new question.
            if (_asking is { IsCompleted: true })
                (_asking, _next) = (_next, null);
            if (_asking is null or { IsCompleted: true })
                return _asking = ListAsync();
            return _next ??= AfterAsync(_asking);
        }
    }

    private async Task<HashSet<string>> AfterAsync(Task<HashSet<string>> before)
    {
        await ((Task)before).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await ListAsync().ConfigureAwait(false);
    }

    private async Task<HashSet<string>> ListAsync()
    {
        await Task.Yield();
        var containers = await backend.ListContainersAsync(selector, CancellationToken.None).ConfigureAwait(false);
        return [.. containers.Select(container => container.Id)];
    }
}
