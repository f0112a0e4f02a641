using ContainerSandbox.Benchmarks;
using ContainerSandbox.Benchmarks.Reporting;
using ContainerSandbox.Benchmarks.Rows;
using ContainerSandbox.Benchmarks.Statistics;

IBenchmark[] benchmarks =
[
    new ImportBenchmark(),
    new ClaimBenchmark(),
    new CommandBenchmark(),
    new RateBenchmark(),
    new FirstCommandBenchmark(),
    new ColdClaimBenchmark(),
    new OwnerDeathBenchmark(),
];

if (!BenchmarkOptions.TryParse(args, out var options))
{
    Console.Error.WriteLine($"{BenchmarkOptions.Usage}\nnames: {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))}");
    return 64;
}

using var bench = await Bench.OpenAsync(options);
var machine = MachineFacts.Describe(bench.Sandbox.Engine);
Console.WriteLine(machine);
var rows = new List<Row>();
foreach (var benchmark in benchmarks.Where(benchmark => options.Only.Count == 0 || options.Only.Contains(benchmark.Name)))
{
    foreach (var row in await benchmark.RunAsync(bench))
    {
        ScreenReport.Write(row);
        rows.Add(row);
    }
}

if (options.WritesDocument) Document.Write(Repository.Document, machine, options.IsQuick, rows);
Console.WriteLine($"{rows.Count(row => row.Verdict.IsMet)} of {rows.Count} bars met");
return 0;
