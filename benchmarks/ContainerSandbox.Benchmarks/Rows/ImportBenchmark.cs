using System.Globalization;
using ContainerSandbox.Benchmarks.Shells;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>Import-Module in a fresh process.</summary>
internal sealed class ImportBenchmark : IBenchmark
{
    public string Name => "import";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var times = new Sampler();
        var script = $"""
            $clock = [Diagnostics.Stopwatch]::StartNew()
            Import-Module '{Repository.Manifest}'
            [Console]::WriteLine($clock.Elapsed.TotalMilliseconds.ToString([Globalization.CultureInfo]::InvariantCulture))
            """;
        var runs = bench.Options.Pick(20, 5);
        for (var run = 0; run < runs; run++)
            times.Add(TimeSpan.FromMilliseconds(double.Parse(await ShellProcess.RunAsync(script), CultureInfo.InvariantCulture)));
        var ours = times.Distribution;
        return
        [
            new()
            {
                Name = "Import-Module in a fresh process",
                Unit = "ms",
                Ours = ours,
                Verdict = Verdict.MedianAtMost(100, "ms", ours),
            },
        ];
    }
}
