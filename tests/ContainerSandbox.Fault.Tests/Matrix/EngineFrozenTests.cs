using Xunit.Abstractions;

namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>The faults in which the engine says nothing for a while.</summary>
public sealed class EngineFrozenTests(MatrixFixture fixture, ITestOutputHelper output) : FaultMatrix(fixture, output), IClassFixture<MatrixFixture>
{
    [Theory]
    [InlineData(Operation.Fill)]
    [InlineData(Operation.Claim)]
    [InlineData(Operation.Command)]
    [InlineData(Operation.Removal)]
    [InlineData(Operation.Idle)]
    public Task Every_call_ends_and_everything_recovers(Operation operation) => RunAsync(operation, Trouble.EngineFrozen);
}
