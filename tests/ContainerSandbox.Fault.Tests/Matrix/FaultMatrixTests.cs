using System.Collections.Concurrent;
using Xunit.Abstractions;

namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>Whatever goes wrong while whatever is under way: nobody waits too long, nothing is left, nothing is given twice.</summary>
public sealed class FaultMatrixTests(MatrixFixture fixture, ITestOutputHelper output) : IClassFixture<MatrixFixture>
{
    private const int AtOnce = 2;

    public static TheoryData<Trouble, Operation> FaultsOfTheEngine()
    {
        var cells = new TheoryData<Trouble, Operation>();
        foreach (var trouble in new[] { Trouble.EngineKilled, Trouble.EngineFrozen })
        {
            foreach (var operation in Enum.GetValues<Operation>())
                cells.Add(trouble, operation);
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(FaultsOfTheEngine))]
    public async Task Every_call_ends_and_everything_recovers_when_the_engine_stops(Trouble trouble, Operation operation)
    {
        await RunAsync(operation, trouble, EngineCalls.Of(operation)[0]);
        Assert.Empty(UnobservedTasks.Take());
    }

    [Theory]
    [InlineData(Trouble.Hang)]
    [InlineData(Trouble.Reset)]
    [InlineData(Trouble.Truncated)]
    [InlineData(Trouble.Status500)]
    [InlineData(Trouble.Garbage)]
    public async Task Every_call_ends_and_everything_recovers_when_a_call_goes_wrong(Trouble trouble)
    {
        var failures = new ConcurrentQueue<Exception>();
        var cells = Enum.GetValues<Operation>().SelectMany(operation => EngineCalls.Of(operation).Select(call => (operation, call)));
        await Parallel.ForEachAsync(cells, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (cell, _) =>
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
        Assert.Empty(UnobservedTasks.Take());
    }

    private async Task RunAsync(Operation operation, Trouble trouble, string call)
    {
        var run = new CellRun(fixture, operation, trouble, call);
        try
        {
            await run.RunAsync();
        }
        finally
        {
            output.WriteLine(run.Report());
        }
    }
}
