using System.Diagnostics.CodeAnalysis;

namespace ContainerSandbox.Benchmarks;

/// <summary>How much to measure.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = "usage: bench [--quick] [--only name,...] [--long] [--seed number] [--no-document] [--json file] [--compare file]";

    public bool IsQuick { get; private init; }

    /// <summary>The benchmarks to run; empty runs all.</summary>
    public IReadOnlyList<string> Only { get; private init; } = [];

    /// <summary>True runs the benchmarks too that take many minutes.</summary>
    public bool IsLong { get; private init; }

    /// <summary>Where the results go as JSON; null writes none.</summary>
    public string? JsonPath { get; private init; }

    /// <summary>Earlier results as JSON, to tell what got slower; null compares with none.</summary>
    public string? ComparePath { get; private init; }

    /// <summary>What the random moments are drawn from.</summary>
    public int Seed { get; private init; } = 20;

    /// <summary>False leaves docs/benchmarks.md as it is.</summary>
    public bool WritesDocument { get; private init; } = true;

    /// <summary>Takes the first number for a full run and the second for a quick one.</summary>
    public int Pick(int full, int quick) => IsQuick ? quick : full;

    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out BenchmarkOptions? options)
    {
        options = new BenchmarkOptions();
        for (var i = 0; i < arguments.Length && options is not null; i++)
        {
            options = (arguments[i], i + 1 < arguments.Length ? arguments[i + 1] : null) switch
            {
                ("--quick", _) => options with { IsQuick = true },
                ("--long", _) => options with { IsLong = true },
                ("--json", { } path) => options with { JsonPath = path },
                ("--compare", { } path) => options with { ComparePath = path },
                ("--no-document", _) => options with { WritesDocument = false },
                ("--only", { } names) => options with { Only = names.Split(','), WritesDocument = false },
                ("--seed", { } text) when int.TryParse(text, out var seed) => options with { Seed = seed },
                _ => null,
            };
            if (arguments[i] is "--only" or "--seed" or "--json" or "--compare") i++;
        }
        return options is not null;
    }
}
