using System.Globalization;

namespace ContainerSandbox.Engine.Monitoring;

/// <summary>Processor time of the current thread, by the word of the kernel.</summary>
internal static class ThreadProcessorTime
{
    private const string Counters = "/proc/thread-self/schedstat";

    /// <summary>What the thread has used; null where the kernel does not tell.</summary>
    public static TimeSpan? Now()
    {
        try
        {
            var text = File.ReadAllText(Counters);
            return long.TryParse(text.AsSpan(0, Math.Max(text.IndexOf(' ', StringComparison.Ordinal), 0)), CultureInfo.InvariantCulture, out var nanoseconds)
                ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
