using Xunit.Abstractions;

namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>
/// Whatever goes wrong while whatever is under way: nobody waits too long, nothing is left, nothing is given twice. Each kind of fault has
/// a class and with it an engine of its own: most of the time is waiting for deadlines, which goes on beside that of the others.
/// </summary>
public abstract class FaultMatrix(MatrixFixture fixture, ITestOutputHelper output)
{
    /// <summary>Runs one cell.</summary>
    protected async Task RunAsync(Operation operation, Trouble trouble, string call)
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

    /// <summary>Runs the cell of a fault of the engine, which nothing else uses meanwhile.</summary>
    protected async Task RunAsync(Operation operation, Trouble trouble)
    {
        await RunAsync(operation, trouble, EngineCalls.Of(operation)[0]);
        UnobservedTasks.ThereAreNone();
    }
}
