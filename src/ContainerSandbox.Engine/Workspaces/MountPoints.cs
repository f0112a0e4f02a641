using System.Globalization;
using System.Text;

namespace ContainerSandbox.Engine.Workspaces;

/// <summary>Where file systems are mounted on this machine: what is mounted in a folder does not go where its entries go.</summary>
internal static class MountPoints
{
    private const int PointField = 4;

    /// <summary>The first mount point that a folder is or holds; null when there is none.</summary>
    public static string? In(string folder) => In(folder, File.ReadLines("/proc/self/mountinfo"));

    /// <summary>Looks for it in the lines of a table of mounts.</summary>
    public static string? In(string folder, IEnumerable<string> table) => table
        .Select(line => line.Split(' '))
        .Where(fields => fields.Length > PointField)
        .Select(fields => Plain(fields[PointField]))
        .FirstOrDefault(point => point == folder || point.StartsWith(folder + "/", StringComparison.Ordinal));

    // Spaces and the like are written as a backslash with three octal digits.
    private static string Plain(string point)
    {
        if (!point.Contains('\\', StringComparison.Ordinal))
            return point;
        var plain = new StringBuilder();
        for (var i = 0; i < point.Length; i++)
        {
            if (point[i] == '\\' && i + 3 < point.Length)
            {
                plain.Append((char)Convert.ToInt32(point.Substring(i + 1, 3).ToString(CultureInfo.InvariantCulture), 8));
                i += 3;
            }
            else
            {
                plain.Append(point[i]);
            }
        }

        return plain.ToString();
    }
}
