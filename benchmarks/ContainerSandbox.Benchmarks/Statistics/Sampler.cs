using System.Diagnostics;

namespace ContainerSandbox.Benchmarks.Statistics;

/// <summary>Collects what one kind of work takes, in milliseconds.</summary>
internal sealed class Sampler
{
    private readonly List<double> samples = [];

    public Distribution Distribution => new(samples);

    public T Time<T>(Func<T> work)
    {
        var begun = Stopwatch.GetTimestamp();
        var result = work();
        Add(Stopwatch.GetElapsedTime(begun));
        return result;
    }

    public async Task<T> TimeAsync<T>(Func<Task<T>> work)
    {
        var begun = Stopwatch.GetTimestamp();
        var result = await work();
        Add(Stopwatch.GetElapsedTime(begun));
        return result;
    }

    public void Add(TimeSpan time) => samples.Add(time.TotalMilliseconds);

    /// <summary>Forgets everything: what came before was warming up.</summary>
    public void Reset() => samples.Clear();
}
