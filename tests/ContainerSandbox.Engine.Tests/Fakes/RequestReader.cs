using System.Globalization;
using System.Text;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>Reads what is sent to a session as session.sh does: a count and so many lines, or a count of bytes.</summary>
internal sealed class RequestReader
{
    private const string Big = "__cs_big ";
    private readonly List<byte> _bytes = [];
    private int _big;

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
        if (_big > 0)
        {
            if (_bytes.Count < _big)
                return null;
            var text = Take(_big);
            _big = 0;
            return text.TrimEnd('\n');
        }

        var end = _bytes.IndexOf((byte)'\n');
        if (end < 0)
            return null;
        var lines = int.Parse(Encoding.ASCII.GetString([.. _bytes.Take(end)]), NumberStyles.None, CultureInfo.InvariantCulture);
        var last = end;
        for (var line = 0; line < lines; line++)
        {
            last = _bytes.IndexOf((byte)'\n', last + 1);
            if (last < 0)
                return null;
        }

        Take(end + 1);
        var request = Take(last - end).TrimEnd('\n');
        if (!request.StartsWith(Big, StringComparison.Ordinal))
            return request;
        _big = int.Parse(request.AsSpan(Big.Length), NumberStyles.None, CultureInfo.InvariantCulture);
        return Next();
    }

    private string Take(int count)
    {
        var text = Encoding.UTF8.GetString([.. _bytes.Take(count)]);
        _bytes.RemoveRange(0, count);
        return text;
    }
}
