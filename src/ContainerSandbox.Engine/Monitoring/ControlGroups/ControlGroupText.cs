using System.Buffers.Text;

namespace ContainerSandbox.Engine.Monitoring.ControlGroups;

/// <summary>Reads numbers out of what the kernel writes. Whatever does not look as expected is null.</summary>
internal static class ControlGroupText
{
    /// <summary>The number that a file begins with.</summary>
    public static long? Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long number, out _) ? number : null;

    /// <summary>The number in the line that begins with a name and a space.</summary>
    public static long? Field(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        while (NextLine(ref text, out var line))
        {
            if (line.Length > name.Length && line.StartsWith(name) && line[name.Length] == (byte)' ')
                return Number(line[(name.Length + 1)..]);
        }

        return null;
    }

    /// <summary>The sum of what follows a mark in all lines, as in <c>8:0 rbytes=1 wbytes=2</c> or <c>8:0 Read 1</c>; null when no line has it.</summary>
    public static long? Sum(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark)
    {
        long? sum = null;
        while (NextLine(ref text, out var line))
        {
            if (line.IndexOf(mark) is >= 0 and var at && Number(line[(at + mark.Length)..]) is { } number)
                sum = (sum ?? 0) + number;
        }

        return sum;
    }

    /// <summary>The decimal number that follows a mark in the line that begins with a word, as in <c>some avg10=0.12</c>.</summary>
    public static double? Share(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word, ReadOnlySpan<byte> mark)
    {
        while (NextLine(ref text, out var line))
        {
            if (line.StartsWith(word) && line.IndexOf(mark) is >= 0 and var at && Utf8Parser.TryParse(line[(at + mark.Length)..], out double share, out _))
                return share;
        }

        return null;
    }

    /// <summary>Takes the first line off a text; false at its end.</summary>
    public static bool NextLine(ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> line)
    {
        if (text.IsEmpty)
        {
            line = default;
            return false;
        }

        var end = text.IndexOf((byte)'\n');
        line = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return true;
    }
}
