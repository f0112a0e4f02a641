using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace ContainerSandbox.Testing;

/// <summary>Makes the images that tests need out of programs of this machine, under names of one run, and removes them at its end.</summary>
public sealed class TestImages(EngineApi engine)
{
    /// <summary>Variable that <see cref="HostileAsync"/> sets.</summary>
    public const string HostileVariable = "IMAGE_VARIABLE=of-the-image";

    /// <summary>Paths that <see cref="HostileAsync"/> declares as volumes.</summary>
    public static readonly IReadOnlyList<string> HostileVolumes = ["/data", "/var/lib/state"];

    private readonly ConcurrentBag<string> _made = [];

    /// <summary>What tells this run's names from others'.</summary>
    public string Run { get; } = Guid.NewGuid().ToString("N")[..8];

    /// <summary>A small image with every program of busybox.</summary>
    public Task<string> BusyboxAsync() => ImportAsync("busybox", RootFolder.Common().Busybox());

    /// <summary>An image with programs and no shell.</summary>
    public Task<string> WithoutShellAsync() => ImportAsync("no-shell", RootFolder.Common().Busybox("sh", "ash"));

    /// <summary>An image whose /bin/sh leads nowhere.</summary>
    public Task<string> WithDanglingShellAsync() =>
        ImportAsync("dangling-shell", RootFolder.Common().Busybox("sh", "ash").Link("bin/sh", "/usr/bin/nothing"));

    /// <summary>An image whose /bin/sh is dash.</summary>
    public Task<string> DashAsync() =>
        ImportAsync("dash", RootFolder.Common().Busybox("sh", "ash").Program("/bin/dash", "bin/dash").Link("bin/sh", "dash"));

    /// <summary>An image whose /bin/sh is bash.</summary>
    public Task<string> BashAsync() =>
        ImportAsync("bash", RootFolder.Common().Busybox("sh", "ash").Program("/bin/bash", "bin/bash").Link("bin/sh", "bash"));

    /// <summary>An image that wants to decide everything that a sandbox decides itself.</summary>
    /// <param name="checksHealth">False for an engine that cannot import the health check.</param>
    public Task<string> HostileAsync(bool checksHealth = true) => ImportAsync(
        "hostile",
        RootFolder.Common().Busybox().Folder("srv").Folder("data"),
        $"VOLUME {HostileVolumes[0]}/",
        $"VOLUME {HostileVolumes[1]}",
        "ENTRYPOINT [\"/bin/false\"]",
        "CMD [\"from-the-image\"]",
        "USER root",
        checksHealth ? "HEALTHCHECK --interval=1s CMD /bin/false" : "LABEL checks=nothing",
        "EXPOSE 80",
        "WORKDIR /srv",
        "ENV " + HostileVariable);

    /// <summary>Imports an image and gives its name.</summary>
    /// <param name="name">What it is, in a word.</param>
    /// <param name="root">Its files.</param>
    /// <param name="changes">Lines of a Dockerfile.</param>
    public async Task<string> ImportAsync(string name, RootFolder root, params string[] changes)
    {
        var image = $"containersandbox-test/{name}:{Run}";
        using var content = new StreamContent(root.ToTar());
        var query = string.Concat(changes.Select(change => "&changes=" + Uri.EscapeDataString(change)));
        Adopt(image);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        var answer = await engine.PostAsync($"images/create?fromSrc=-&repo={Uri.EscapeDataString(image)}{query}", content);
        return answer.Contains("\"error\"", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"The image '{name}' could not be made: {answer}")
            : image;
    }

    /// <summary>Loads an image that says that it is for some processor, and gives its name.</summary>
    public async Task<string> LoadAsync(string name, string architecture, RootFolder root)
    {
        var image = $"containersandbox-test/{name}:{Run}";
        var layer = root.ToTar();
        var digest = Convert.ToHexStringLower(SHA256.HashData(layer.ToArray()));
        var configuration = $$"""{"architecture":"{{architecture}}","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:{{digest}}"] } }""";
        var archive = new RootFolder()
            .Text("config.json", configuration)
            .Text("manifest.json", $$"""[{"Config":"config.json","RepoTags":["{{image}}"],"Layers":["layer.tar"]}]""")
            .Content("layer.tar", layer);
        Adopt(image);
        using var content = new StreamContent(archive.ToTar());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        var answer = await engine.PostAsync("images/load", content);
        return answer.Contains("\"error\"", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"The image '{name}' could not be loaded: {answer}")
            : image;
    }

    /// <summary>Takes care of the removal of an image that was made otherwise.</summary>
    public void Adopt(string name) => _made.Add(name);

    /// <summary>Removes an image by one of its names.</summary>
    public Task RemoveAsync(string name) => engine.DeleteAsync($"images/{name}?force=1");

    /// <summary>Removes all that were made; to be called at the end of the run.</summary>
    public async Task RemoveAllAsync()
    {
        foreach (var name in _made.Distinct())
            await RemoveAsync(name);
    }
}
