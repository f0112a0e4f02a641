using System.Collections.Concurrent;
using Xunit.Abstractions;

namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>The faults of single calls, which meet one sandbox each: several go on at once.</summary>
public sealed class CallFaultTests(MatrixFixture fixture, ITestOutputHelper output) : FaultMatrix(fixture, output), IClassFixture<MatrixFixture>
{
    private const int AtOnce = 2;

    // Those do nothing but wait most of the time.
    private const int HangingAtOnce = 4;

    [Theory]
    [InlineData(Trouble.Hang)]
    [InlineData(Trouble.Reset)]
    [InlineData(Trouble.Truncated)]
    [InlineData(Trouble.Status500)]
    [InlineData(Trouble.Garbage)]
    public async Task Every_call_ends_and_everything_recovers(Trouble trouble)
    {
        var failures = new ConcurrentQueue<Exception>();
        var cells = Enum.GetValues<Operation>().SelectMany(operation => EngineCalls.Of(operation).Select(call => (operation, call)));
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = trouble == Trouble.Hang ? HangingAtOnce : AtOnce };
        await Parallel.ForEachAsync(cells, atOnce, async (cell, _) =>
        {
            try
            {
                await RunAsync(cell.operation, trouble, cell.call);
            }
            catch (Exception failure)
            {
                failures.Enqueue(new InvalidOperationException($"{cell.operation}, {trouble} of {cell.call}: {failure.Message}", failure));
            }
        });

        Assert.True(failures.IsEmpty, string.Join('\n', failures.Select(failure => failure.Message)));
        UnobservedTasks.ThereAreNone();
    }
}
