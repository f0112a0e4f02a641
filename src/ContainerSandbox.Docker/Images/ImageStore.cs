using System.Collections.Concurrent;
using ContainerSandbox.Docker.Calls;
using ContainerSandbox.Engine.Backends;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Images;

/// <summary>The images that are present.</summary>
internal sealed class ImageStore(IDockerClient client, EngineCall call, bool isPodman)
{
    private const int AtOnce = 4;

    /// <summary>Finds one; null when it is not there.</summary>
    public async Task<BackendImage?> FindAsync(ImageReference reference, CancellationToken cancellationToken) =>
        await InspectAsync(reference.Text, cancellationToken).ConfigureAwait(false);

    /// <summary>Lists them all. The engine's list lacks variables and volumes, so each is looked at.</summary>
    public async Task<IReadOnlyList<BackendImage>> ListAsync(CancellationToken cancellationToken)
    {
        var summaries = await SummariesAsync(cancellationToken).ConfigureAwait(false);
        var images = new ConcurrentDictionary<string, BackendImage>();
        await Parallel.ForEachAsync(
            summaries,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (summary, token) =>
            {
                // One that vanished since is no longer present.
                if (await InspectAsync(summary.ID, token).ConfigureAwait(false) is { } image)
                    images[image.Id] = image;
            }).ConfigureAwait(false);
        return summaries.Where(summary => images.ContainsKey(summary.ID)).Select(summary => images[summary.ID]).ToList();
    }

    /// <summary>The first few names, for messages.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(int count, CancellationToken cancellationToken)
    {
        var summaries = await SummariesAsync(cancellationToken).ConfigureAwait(false);
        return summaries.SelectMany(summary => Names(summary.RepoTags)).Order(StringComparer.Ordinal).Take(count).ToList();
    }

    private Task<IList<ImagesListResponse>> SummariesAsync(CancellationToken cancellationToken) => call.RunAsync(
        EngineRequest.Question("list images"),
        token => client.Images.ListImagesAsync(new ImagesListParameters(), token),
        cancellationToken);

    private Task<BackendImage?> InspectAsync(string name, CancellationToken cancellationToken) => call.RunAsync(
        EngineRequest.Question($"describe the image '{name}'", name),
        async token =>
        {
            try
            {
                return Describe(await client.Images.InspectImageAsync(name, token).ConfigureAwait(false));
            }
            catch (DockerImageNotFoundException)
            {
                return null;
            }
        },
        cancellationToken);

    private BackendImage Describe(ImageInspectResponse image) => new(
        image.ID,
        [.. Names(image.RepoTags), .. Names(image.RepoDigests)],
        [.. image.Config?.Env ?? []],
        (image.Config?.Volumes?.Keys ?? []).Select(Clean).Distinct(StringComparer.Ordinal).ToList());

    private IEnumerable<string> Names(IList<string>? names) =>
        (names ?? []).Where(name => !name.StartsWith("<none>", StringComparison.Ordinal)).Select(name => isPodman ? PodmanNames.Shorten(name) : name);

    // As the engine mounts it: absolute, without empty or dotted parts.
    private static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or ".."))
                parts.Add(part);
        }

        return "/" + string.Join('/', parts);
    }
}
