using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Watching;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Sandboxes;

/// <summary>Keeps the state of a sandbox true: two feeds of the engine's events, of containers and of images, and the leases.</summary>
internal static class SandboxWatching
{
    /// <summary>Begins; it ends with the sandbox's background work.</summary>
    public static void Start(SandboxParts parts, TimeProvider timeProvider, ILogger logger)
    {
        var news = new ContainerNews(parts.Slots, parts.Pools, parts.Environments, parts.Quarantine, parts.Events, logger);
        parts.Slots.Added += new LeaseWatch(news.LeaseBroke, parts.Background, timeProvider).Watch;
        parts.Slots.Added += parts.Sampler.Prepare;
        var sweep = new ContainerSweep(
            parts.Backend, parts.Identity, () => parts.Slots.ContainerIds, parts.Slots.Wants, news.Gone, news.Unwanted, timeProvider);
        var containers = new EngineFeed<BackendEvent>(
            (since, token) => parts.Backend.WatchAsync(parts.Identity.Selector, since, token),
            happened => happened.At,
            news.Happened,
            token => parts.Contact.AskAsync(sweep.RunAsync, token),
            news.EngineIsBack,
            timeProvider,
            logger);
        parts.Background.Start("following the engine's containers", containers.RunAsync);
        if (parts.Options.ImageChangePolicy != ImageChangePolicy.Ignore)
            StartImages(parts, timeProvider, logger);
    }

    private static void StartImages(SandboxParts parts, TimeProvider timeProvider, ILogger logger)
    {
        var watch = new ImageWatch(parts.Images, parts.Pools, parts.Background, logger);
        var images = new EngineFeed<DateTimeOffset>(
            (since, token) => parts.Backend.WatchImagesAsync(since, token), at => at, watch.Changed, watch.LookAsync, () => { }, timeProvider, logger);
        parts.Background.Start("following the engine's images", images.RunAsync);
    }
}
