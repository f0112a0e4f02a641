using System.Text;

namespace ContainerSandbox.Presentation.Live;

/// <summary>Use over the last minutes in a row of characters, the newest to the right. Where nothing is known there is a space.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Ascii = "_.-:=+*#";

    /// <param name="points">What is known.</param>
    /// <param name="figure">The figure of a point.</param>
    /// <param name="limit">What the highest character stands for, more than zero.</param>
    /// <param name="now">The moment at the right end.</param>
    /// <param name="step">How long one character stands for.</param>
    /// <param name="width">How many characters.</param>
    /// <param name="isUnicode">False for ASCII alone.</param>
    public static string Draw(
        IReadOnlyList<ResourceHistoryPoint> points, Func<ResourceHistoryPoint, double?> figure, double limit, DateTimeOffset now, TimeSpan step, int width, bool isUnicode)
    {
        var greatest = new double?[width];
        foreach (var point in points)
        {
            var place = width - 1 - Math.Floor((now - point.Timestamp) / step);
            if (place < 0 || figure(point) is not { } value)
                continue;
            var index = (int)Math.Min(place, width - 1);
            greatest[index] = Math.Max(greatest[index] ?? 0, value);
        }

        var line = new StringBuilder(width);
        foreach (var value in greatest)
            line.Append(value is { } known ? (isUnicode ? Blocks : Ascii)[Level(known, limit)] : ' ');
        return line.ToString();
    }

    private static int Level(double value, double limit) =>
        limit > 0 ? (int)Math.Clamp(value / limit * Blocks.Length, 0, Blocks.Length - 1) : 0;
}
