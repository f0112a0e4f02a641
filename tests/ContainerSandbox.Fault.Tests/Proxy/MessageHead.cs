using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ContainerSandbox.Fault.Tests.Proxy;

/// <summary>The head of a request or of an answer, as far as the proxy has to understand it.</summary>
internal sealed partial record MessageHead(string Text)
{
    private static readonly byte[] End = "\r\n\r\n"u8.ToArray();

    /// <summary>Its bytes.</summary>
    public byte[] Bytes => Encoding.Latin1.GetBytes(Text);

    /// <summary>Of a request: method and path, without the version.</summary>
    public string Call => VersionForm().Replace(string.Join(' ', Text.Split("\r\n")[0].Split(' ')[..2]), " /", 1);

    /// <summary>How long the body is; null when the head does not say.</summary>
    public int? BodyLength => Header("Content-Length") is { } length ? int.Parse(length, CultureInfo.InvariantCulture) : null;

    /// <summary>True when the body comes in chunks.</summary>
    public bool IsChunked => Header("Transfer-Encoding") == "chunked";

    /// <summary>True when the connection becomes a stream.</summary>
    public bool Upgrades => Header("Upgrade") is not null;

    /// <summary>Of an answer: true when nothing follows it.</summary>
    public bool HasNoBody => BodyLength == 0 || Status is 204 or 304;

    /// <summary>Of an answer: its status.</summary>
    public int Status => int.TryParse(Text.Split(' ').ElementAtOrDefault(1), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0;

    /// <summary>Reads it; null when it is not there to its end.</summary>
    public static MessageHead? Read(ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf(End);
        return end < 0 ? null : new MessageHead(Encoding.Latin1.GetString(data[..(end + End.Length)]));
    }

    /// <summary>Of an answer: the same with another status.</summary>
    public MessageHead WithStatus(int status) => new($"HTTP/1.1 {status} Said by the proxy{Text[Text.IndexOf("\r\n", StringComparison.Ordinal)..]}");

    private string? Header(string name) => Text.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    [GeneratedRegex(" /v1\\.[0-9]+/")]
    private static partial Regex VersionForm();
}
