using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Images;

/// <summary>
/// The images of a sandbox. Each is resolved to its identity once and brought where it is missing, by one pull however many ask for it;
/// a failure is not remembered.
/// </summary>
internal sealed class ImageLibrary(ISandboxBackend backend, StartupOptimization optimization, ILogger logger)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, BackendImage> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _pulls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SharedFetch> _fetches = new(StringComparer.Ordinal);

    /// <summary>An image that was resolved; null when it was not yet.</summary>
    public BackendImage? Find(string reference)
    {
        lock (_gate)
            return _known.GetValueOrDefault(reference);
    }

    /// <summary>How often an image was pulled.</summary>
    public int Pulls(string reference)
    {
        lock (_gate)
            return _pulls.GetValueOrDefault(reference);
    }

    /// <summary>The image, from memory where resolutions are remembered.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.ImageNotFound"/>, or what the engine said.</exception>
    public ValueTask<BackendImage> GetAsync(string reference, CancellationToken cancellationToken) =>
        optimization.OptimizationEnabled && Find(reference) is { } known
            ? ValueTask.FromResult(known)
            : new ValueTask<BackendImage>(WaitAsync(reference, cancellationToken));

    /// <summary>Brings several at once, each once.</summary>
    /// <param name="references">The images.</param>
    /// <param name="required">The one without which nothing works. What becomes of the others shows where they are needed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SandboxException">The required one cannot be had.</exception>
    public async Task PreloadAsync(IEnumerable<string> references, string required, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] fetches = [.. references.Distinct(StringComparer.Ordinal).Where(reference => reference != required)
            .Select(reference => GetAsync(reference, stopping.Token).AsTask())];
        try
        {
            await GetAsync(required, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            await Task.WhenAll(fetches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Resolves again what was resolved. A name that stands for none any more keeps the image that it stood for.</summary>
    /// <returns>The names that stand for another image now.</returns>
    public async Task<IReadOnlySet<string>> RefreshAsync(CancellationToken cancellationToken)
    {
        KeyValuePair<string, BackendImage>[] known;
        lock (_gate)
            known = [.. _known];
        var moved = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (reference, image) in known)
        {
            if (await backend.ResolveImageAsync(reference, cancellationToken).ConfigureAwait(false) is not { } now || now.Id == image.Id)
                continue;
            lock (_gate)
                _known[reference] = now;
            moved.Add(reference);
        }

        return moved;
    }

    private async Task<BackendImage> WaitAsync(string reference, CancellationToken cancellationToken)
    {
        while (true)
        {
            var fetch = Join(reference);
            try
            {
                if (await fetch.WaitAsync(cancellationToken).ConfigureAwait(false) is { } image)
                    return image;
            }
            finally
            {
                Forget(reference, fetch);
            }
        }
    }

    private SharedFetch Join(string reference)
    {
        lock (_gate)
        {
            if (!_fetches.TryGetValue(reference, out var fetch))
                _fetches[reference] = fetch = new SharedFetch(token => FetchAsync(reference, token));
            return fetch;
        }
    }

    // Whoever gives up while others wait leaves it to them, and to those who come.
    private void Forget(string reference, SharedFetch fetch)
    {
        lock (_gate)
        {
            if (fetch.IsOver && _fetches.GetValueOrDefault(reference) == fetch)
                _fetches.Remove(reference);
        }
    }

    private async Task<BackendImage> FetchAsync(string reference, CancellationToken cancellationToken)
    {
        var present = await backend.ResolveImageAsync(reference, cancellationToken).ConfigureAwait(false);
        var image = present is null || IsToBePulled(reference, present)
            ? await PullAsync(reference, cancellationToken).ConfigureAwait(false)
            : present;
        lock (_gate)
            _known[reference] = image;
        return image;
    }

    // Without caching what is there may be out of date, once for each sandbox. An identity cannot be.
    private bool IsToBePulled(string reference, BackendImage present) =>
        !optimization.EnableImageCaching && present.Id != reference && Find(reference) is null;

    private async Task<BackendImage> PullAsync(string reference, CancellationToken cancellationToken)
    {
        EngineLog.Pulling(logger, reference);
        var image = await backend.PullImageAsync(reference, new PullReport(reference, ObserverLogging.Listener), cancellationToken).ConfigureAwait(false);
        lock (_gate)
            _pulls[reference] = _pulls.GetValueOrDefault(reference) + 1;
        return image;
    }
}
