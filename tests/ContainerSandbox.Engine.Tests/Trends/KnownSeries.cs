using ContainerSandbox.Engine.Trends;

namespace ContainerSandbox.Engine.Tests.Trends;

/// <summary>Series of which the truth is known. Their randomness begins with a seed, so that each is always the same.</summary>
internal static class KnownSeries
{
    /// <summary>A point each ten seconds.</summary>
    public static Series Make(int count, Func<double, double> value) => Make(Enumerable.Range(0, count).Select(index => index / 360.0), value);

    public static Series Make(IEnumerable<double> hours, Func<double, double> value)
    {
        var times = hours.ToArray();
        return new Series(times, [.. times.Select(value)]);
    }

    /// <summary>Normally distributed noise that resembles its predecessor by a factor.</summary>
    public static Func<double, double> Noise(int seed, double deviation, double resemblance = 0)
    {
        // A test of a long fixed stream: nothing secret comes of it.
#pragma warning disable CA5394
        var random = new Random(seed);
        var last = 0.0;
        return _ =>
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            last = (resemblance * last) + (Math.Sqrt(1 - (resemblance * resemblance)) * deviation * normal);
            return last;
        };
#pragma warning restore CA5394
    }

    /// <summary>What a collector of garbage makes of memory: it grows, and falls at once.</summary>
    public static double Sawtooth(double hours, double height, double period) => height * (hours / period % 1);
}
