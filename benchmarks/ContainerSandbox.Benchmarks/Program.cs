using ContainerSandbox.Benchmarks;
using ContainerSandbox.Benchmarks.Reporting;
using ContainerSandbox.Benchmarks.Rows;
using ContainerSandbox.Benchmarks.Statistics;

IBenchmark[] benchmarks =
[
    new ImportBenchmark(),
    new ClaimBenchmark(),
    new ChangedClaimBenchmark(),
    new WorkspaceClaimBenchmark(),
    new CommandBenchmark(),
    new RateBenchmark(),
    new FirstCommandBenchmark(),
    new ColdClaimBenchmark(),
    new StageBenchmark(),
    new LoadShapeBenchmark(),
    new OwnerDeathBenchmark(),
];

// Many minutes each: run where asked for.
IBenchmark[] longOnes =
[
    new FillBenchmark(),
    new RefillBenchmark(),
    new ArrivalBenchmark(),
    new CleanupBenchmark(),
    new ScaleBenchmark(),
    new MonitorBenchmark(),
    new ForeignBenchmark(),
    new TemplateBenchmark(),
];

if (!BenchmarkOptions.TryParse(args, out var options))
{
    Console.Error.WriteLine($"{BenchmarkOptions.Usage}\nnames: {string.Join(", ", benchmarks.Concat(longOnes).Select(benchmark => benchmark.Name))}");
    return 64;
}

// Before the minutes that the run takes.
if (options.ComparePath is { } missing && !File.Exists(missing))
{
    Console.Error.WriteLine($"There are no earlier results at '{missing}'. Give --compare a file that --json wrote.");
    return 66;
}

using var bench = await Bench.OpenAsync(options);
var machine = MachineFacts.Describe(bench.Sandbox.Engine);
Console.WriteLine(machine);
var rows = new List<Row>();
var chosen = options.Only.Count > 0 ? benchmarks.Concat(longOnes).Where(benchmark => options.Only.Contains(benchmark.Name))
    : options.IsLong ? benchmarks.Concat(longOnes)
    : benchmarks;
foreach (var benchmark in chosen)
{
    foreach (var row in await benchmark.RunAsync(bench))
    {
        ScreenReport.Write(row);
        rows.Add(row);
    }
}

if (options.WritesDocument) Document.Write(Repository.Document, machine, options.IsQuick, rows);
if (options.JsonPath is { } json) JsonResults.Write(json, machine, options.IsQuick, rows);
if (options.ComparePath is { } earlier)
{
    var slower = JsonResults.Read(earlier).Slower(rows).ToList();
    Console.WriteLine(slower.Count == 0 ? "Nothing got slower." : string.Join(Environment.NewLine, slower));
}

Console.WriteLine($"{rows.Count(row => row.Verdict is { HasBar: true, IsMet: true })} of {rows.Count(row => row.Verdict.HasBar)} bars met");
return 0;
