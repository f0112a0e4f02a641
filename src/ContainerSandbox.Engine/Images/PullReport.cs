using System.Globalization;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Images;

/// <summary>Adds up the layers of a pull for whoever watches; nobody does where the pull is for the pool.</summary>
internal sealed class PullReport(string image, ISandboxObserver? observer) : IProgress<ImagePullProgress>
{
    private const double Megabyte = 1024 * 1024;
    private readonly object _gate = new();
    private readonly Dictionary<string, PulledLayer> _layers = [];
    private int _percent = -1;

    public void Report(ImagePullProgress value)
    {
        if (observer is null)
            return;
        SandboxProgress progress;
        lock (_gate)
        {
            if (value.Layer.Length > 0)
                Layer(value.Layer).Take(value);
            progress = new SandboxProgress($"Bringing '{image}'", Status(value), Percent());
        }

        observer.Report(progress);
    }

    private PulledLayer Layer(string id)
    {
        if (!_layers.TryGetValue(id, out var layer))
            _layers[id] = layer = new PulledLayer();
        return layer;
    }

    private string Status(ImagePullProgress value)
    {
        var known = _layers.Values.Where(layer => layer.IsLayer).ToArray();
        if (known.Length == 0)
            return value.Status;
        var text = $"{known.Count(layer => layer.IsReady)} of {known.Length} layers ready";
        var total = known.Sum(layer => layer.Total);
        return total == 0 ? text : string.Create(
            CultureInfo.InvariantCulture, $"{text}, {known.Sum(layer => layer.Fetched) / Megabyte:0.0} of {total / Megabyte:0.0} MB fetched");
    }

    // Each layer is fetched and unpacked, and counts by its size. The size of the next layer is known late, which must not turn the bar back.
    private int Percent()
    {
        var total = _layers.Values.Sum(layer => 2 * layer.Total);
        if (total > 0)
            _percent = Math.Max(_percent, (int)(_layers.Values.Sum(layer => layer.Fetched + layer.Unpacked) * 100 / total));
        return _percent;
    }
}
