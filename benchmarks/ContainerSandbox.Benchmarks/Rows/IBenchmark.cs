using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>Measures one thing against its rival, both in turn in the same run.</summary>
internal interface IBenchmark
{
    /// <summary>A word for the command line.</summary>
    string Name { get; }

    Task<IReadOnlyList<Row>> RunAsync(Bench bench);
}
