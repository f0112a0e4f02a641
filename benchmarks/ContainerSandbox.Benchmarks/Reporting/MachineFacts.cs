using System.Globalization;

namespace ContainerSandbox.Benchmarks.Reporting;

/// <summary>What a reader needs to know of the machine, and nothing that names it.</summary>
internal static class MachineFacts
{
    public static string Describe(EngineInfo engine) => string.Create(
        CultureInfo.InvariantCulture,
        $"{engine.ProcessorCount} cores, {engine.TotalMemory / Math.Pow(1024, 3):0} GB of memory, Linux {Environment.OSVersion.Version.ToString(3)}, .NET {Environment.Version}, {engine.Product} {engine.Version} (API {engine.ApiVersion}), storage driver {engine.StorageDriver}, control groups {engine.CgroupVersion} ({engine.CgroupDriver})");
}
