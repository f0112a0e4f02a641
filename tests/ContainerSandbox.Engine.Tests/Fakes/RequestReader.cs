using System.Globalization;
using System.Text;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>Reads what is sent to a session as session.sh does: a count and so many lines, a count of bytes, or that a command will follow.</summary>
internal sealed class RequestReader
{
    private readonly List<byte> _bytes = [];

    public void Add(ReadOnlySpan<byte> data) => _bytes.AddRange(data);

    /// <summary>What was sent and not yet read.</summary>
    public byte[] TakeRest()
    {
        byte[] rest = [.. _bytes];
        _bytes.Clear();
        return rest;
    }

    /// <summary>The next request that is complete; null when there is none yet.</summary>
    public string? Next()
    {
        var end = _bytes.IndexOf((byte)'\n');
        if (end < 0)
            return null;
        var head = Encoding.ASCII.GetString([.. _bytes.Take(end)]);
        if (head[0] == 'f')
            return Take(end + 1).TrimEnd('\n');
        var length = head[0] == 'b' ? int.Parse(head.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture) : LengthOfLines(end, head);
        if (length is not { } count || _bytes.Count < end + 1 + count)
            return null;
        Take(end + 1);
        return Take(count).TrimEnd('\n');
    }

    private int? LengthOfLines(int end, string count)
    {
        var last = end;
        for (var lines = int.Parse(count, NumberStyles.None, CultureInfo.InvariantCulture); lines > 0; lines--)
        {
            last = _bytes.IndexOf((byte)'\n', last + 1);
            if (last < 0)
                return null;
        }

        return last - end;
    }

    private string Take(int count)
    {
        var text = Encoding.UTF8.GetString([.. _bytes.Take(count)]);
        _bytes.RemoveRange(0, count);
        return text;
    }
}
