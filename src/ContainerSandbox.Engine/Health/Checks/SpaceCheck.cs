using System.Globalization;

namespace ContainerSandbox.Engine.Health.Checks;

/// <summary>Is a place that the agent writes to nearly full, of bytes or of files?</summary>
internal sealed class SpaceCheck : IHealthCheck
{
    private const double Megabyte = 1 << 20;

    public IEnumerable<HealthFinding> Judge(HealthView view) => view.Space.SelectMany(space => Judge(view, space));

    private static IEnumerable<HealthFinding> Judge(HealthView view, SpaceUse space)
    {
        var percent = Percent(space.UsedBytes, space.Bytes);
        var files = Percent(space.UsedFiles, space.Files);
        return view.Judge(
            $"space {space.Path}",
            percent,
            view.Thresholds.Space,
            () => string.Create(
                CultureInfo.InvariantCulture,
                $"{space.Path} is {percent:0.#} % full, {space.UsedBytes / Megabyte:0.#} of {space.Bytes / Megabyte:0.#} MB"),
            $"delete files there{MoreMemory(space)}").Concat(view.Judge(
            $"files {space.Path}",
            files,
            view.Thresholds.Files,
            () => string.Create(CultureInfo.InvariantCulture, $"{space.Path} has {files:0.#} % of the files that it can hold, {space.UsedFiles:0} of {space.Files:0}"),
            $"delete some there{MoreMemory(space)}"));
    }

    private static double Percent(double used, double all) => all > 0 ? 100 * used / all : 0;

    private static string MoreMemory(SpaceUse space) => space.IsInMemory ? ", or claim it again with more -Memory, of which it is a part" : "";
}
