using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Images;
using ContainerSandbox.Engine.Pools;
using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Watching;

/// <summary>Notices that the name of an image stands for another one, and tells the pools that are made from it.</summary>
internal sealed class ImageWatch(ImageLibrary images, PoolTable pools, BackgroundWork background, ILogger logger)
{
    private int _due;

    /// <summary>Some image changed. Several changes at once are looked at once.</summary>
    public void Changed(DateTimeOffset at)
    {
        if (Interlocked.Exchange(ref _due, 1) == 0)
            background.Start("looking what became of the images", LookAsync);
    }

    /// <summary>Looks which names stand for another image than before.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _due, 0);
        var moved = await images.RefreshAsync(cancellationToken).ConfigureAwait(false);
        foreach (var pool in pools.All.Where(pool => moved.Contains(pool.Template.ImageReference)))
        {
            EngineLog.ImageMoved(logger, pool.Template.ImageReference, pool.Template.Name);
            pool.ImageMoved();
        }
    }
}
