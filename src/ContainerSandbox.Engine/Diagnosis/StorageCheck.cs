using System.Globalization;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Diagnosis;

/// <summary>Is there room where the engine keeps images and containers? That can be seen on its own machine only.</summary>
internal static class StorageCheck
{
    private const string Space = "DiskSpace";
    private const string Files = "Inodes";
    private const string Remedy = "docker system df; docker image prune";
    private const double Gigabyte = 1024.0 * 1024 * 1024;
    private const double Little = 0.05;
    private const double AlmostNothing = 0.01;

    /// <summary>Looks.</summary>
    public static IEnumerable<EngineCheck> Run(BackendFacts facts)
    {
        if (facts.DataFolder.Length == 0 || facts.Machine != Environment.MachineName || FileSystemRoom.Of(facts.DataFolder) is not { } room)
        {
            yield return Findings.Unknown(Space, "The engine's data folder cannot be seen from here.");
            yield break;
        }

        yield return Judge(
            Space, facts.DataFolder, room.FreeBytes, room.Bytes,
            string.Create(CultureInfo.InvariantCulture, $"{room.FreeBytes / Gigabyte:0.0} of {room.Bytes / Gigabyte:0.0} GB are free"));

        // Some file systems make them as they need them.
        if (room.Files > 0)
            yield return Judge(Files, facts.DataFolder, room.FreeFiles, room.Files, string.Create(CultureInfo.InvariantCulture, $"{room.FreeFiles} of {room.Files} are free"));
    }

    private static EngineCheck Judge(string name, string folder, double free, double all, string found)
    {
        var detail = $"In '{folder}' {found}.";
        return (free / all) switch
        {
            < AlmostNothing => Findings.Failed(name, detail, Remedy),
            < Little => Findings.Warning(name, detail, Remedy),
            _ => Findings.Passed(name, detail),
        };
    }
}
