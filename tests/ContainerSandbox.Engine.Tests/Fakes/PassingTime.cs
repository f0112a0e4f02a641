namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>Time that passes by itself, much faster than real time.</summary>
internal static class PassingTime
{
    /// <summary>Lets time pass until cancelled.</summary>
    public static async Task RunAsync(TestClock clock, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
        }
    }
}
