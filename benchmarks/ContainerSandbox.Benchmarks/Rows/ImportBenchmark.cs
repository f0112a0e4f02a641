using System.Globalization;
using ContainerSandbox.Benchmarks.Shells;
using ContainerSandbox.Benchmarks.Statistics;

namespace ContainerSandbox.Benchmarks.Rows;

/// <summary>
/// Import-Module in a fresh process, after that of a module with nothing in it: where the shell's own code comes without compiled code, its first
/// import pays for compiling it, whichever module that is.
/// </summary>
internal sealed class ImportBenchmark : IBenchmark
{
    public string Name => "import";

    public async Task<IReadOnlyList<Row>> RunAsync(Bench bench)
    {
        var (empty, ours) = (new Sampler(), new Sampler());
        var folder = Directory.CreateTempSubdirectory("containersandbox-");
        try
        {
            var nothing = Path.Combine(folder.FullName, "Nothing.psd1");
            await File.WriteAllTextAsync(nothing, "@{ ModuleVersion = '1.0' }");
            var runs = bench.Options.Pick(20, 5);
            for (var run = 0; run < runs; run++)
            {
                var times = (await ShellProcess.RunAsync($"{Import(nothing)}\n{Import(Repository.Manifest)}"))
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(text => TimeSpan.FromMilliseconds(double.Parse(text, CultureInfo.InvariantCulture)))
                    .ToArray();
                empty.Add(times[0]);
                ours.Add(times[1]);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return [Result(ours.Distribution, empty.Distribution)];
    }

    private static string Import(string manifest) => $"""
        $clock = [Diagnostics.Stopwatch]::StartNew()
        Import-Module '{manifest}'
        [Console]::WriteLine($clock.Elapsed.TotalMilliseconds.ToString([Globalization.CultureInfo]::InvariantCulture))
        """;

    private static Row Result(Distribution ours, Distribution empty) => new()
    {
        Name = "Import-Module in a fresh process",
        Unit = "ms",
        Ours = ours,
        OtherName = "a module with nothing in it, imported before",
        Other = empty,
        Verdict = Verdict.MedianAtMost(100, "ms", ours),
        Remark = "the first import in a process compiles the shell's own code where it comes without compiled code",
    };
}
