using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Images;

/// <summary>Adds up the layers of a pull for whoever watches; nobody does where the pull is for the pool.</summary>
internal sealed class PullReport(string image, ISandboxObserver? observer) : IProgress<ImagePullProgress>
{
    private readonly object _gate = new();
    private readonly Dictionary<string, ImagePullProgress> _layers = [];

    public void Report(ImagePullProgress value)
    {
        long current;
        long total;
        lock (_gate)
        {
            if (value.Layer.Length > 0 && value.Total > 0)
                _layers[value.Layer] = value;
            current = _layers.Values.Sum(layer => layer.Current);
            total = _layers.Values.Sum(layer => layer.Total);
        }

        observer?.Report(new SandboxProgress($"Bringing '{image}'", value.Status, total == 0 ? -1 : (int)(current * 100 / total)));
    }
}
