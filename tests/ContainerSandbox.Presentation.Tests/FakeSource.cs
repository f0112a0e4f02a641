using ContainerSandbox.Engine.Presenting;

namespace ContainerSandbox.Presentation.Tests;

/// <summary>A source that counts how often it is read and lets the test decide how sampling ends.</summary>
internal sealed class FakeSource : ILiveSource
{
    private int _reads;
    private int _samples;

    public int Reads => Volatile.Read(ref _reads);

    public int Samples => Volatile.Read(ref _samples);

    public Func<CancellationToken, Task> Sampling { get; set; } = _ => Task.CompletedTask;

    public LiveContent Read()
    {
        Interlocked.Increment(ref _reads);
        return LiveSamples.Make();
    }

    public Task SampleAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _samples);
        return Sampling(cancellationToken);
    }
}
