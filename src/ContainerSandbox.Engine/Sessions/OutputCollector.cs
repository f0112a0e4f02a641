using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ContainerSandbox.Engine.Sessions;

/// <summary>
/// Keeps what a command wrote to one stream, up to a limit, and finds the mark that ends it wherever reads cut it in two.
/// Memory is bounded by the limit whatever the command writes.
/// </summary>
internal sealed class OutputCollector(byte[]? mark, long maximum)
{
    private readonly ArrayBufferWriter<byte> _kept = new();
    private byte[] _carry = [];

    /// <summary>True when the mark was seen; what was kept is then exact.</summary>
    public bool Ended { get; private set; }

    /// <summary>True when something was dropped.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Takes what was read and returns what followed the mark; empty as long as there is none.</summary>
    public ReadOnlyMemory<byte> Accept(ReadOnlySpan<byte> data)
    {
        if (mark is null)
        {
            Keep(data);
            return default;
        }

        var window = _carry.Length == 0 ? data : (ReadOnlySpan<byte>)[.. _carry, .. data];
        var at = window.IndexOf(mark);
        if (at >= 0)
        {
            Keep(window[..at]);
            _carry = [];
            Ended = true;
            return window[(at + mark.Length)..].ToArray();
        }

        var held = HeldBack(window);
        Keep(window[..^held]);
        _carry = window[^held..].ToArray();
        return default;
    }

    /// <summary>The stream ended without a mark: what was held back for it is output after all.</summary>
    public void Finish()
    {
        Keep(_carry);
        _carry = [];
    }

    /// <summary>What was kept, as UTF-8; invalid places read U+FFFD.</summary>
    public string Text(out bool invalid)
    {
        var bytes = _kept.WrittenSpan;
        if (Truncated)
            bytes = WithoutPartialCharacter(bytes);
        invalid = !Utf8.IsValid(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private void Keep(ReadOnlySpan<byte> data)
    {
        var room = (int)Math.Min(maximum - _kept.WrittenCount, data.Length);
        _kept.Write(data[..room]);
        Truncated |= room < data.Length;
    }

    // Only a tail that could still grow into the mark waits for the next read.
    private int HeldBack(ReadOnlySpan<byte> window)
    {
        for (var length = Math.Min(mark!.Length - 1, window.Length); length > 0; length--)
        {
            if (window.EndsWith(mark.AsSpan(0, length)))
                return length;
        }

        return 0;
    }

    private static ReadOnlySpan<byte> WithoutPartialCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var lead = bytes[^back];
            if ((lead & 0xC0) == 0x80)
                continue;
            var needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
            return needed > back ? bytes[..^back] : bytes;
        }

        return bytes;
    }
}
