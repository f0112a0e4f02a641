using System.Text.Json;

namespace ContainerSandbox.Docker.Calls;

/// <summary>What the engine says, made fit to be shown.</summary>
internal static class EngineText
{
    private const int Longest = 500;

    /// <summary>The message inside an error's JSON; a text that is no JSON as it is.</summary>
    public static string FromBody(string? body)
    {
        if (string.IsNullOrWhiteSpace(body))
            return "it gave no reason";
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String)
                return Shorten(message.GetString() ?? string.Empty);
            return "it gave a reason that could not be understood";
        }
        catch (JsonException)
        {
            return body.TrimStart().StartsWith('<') ? "a web page came back instead of an answer" : Shorten(body);
        }
    }

    /// <summary>One line without control characters, of a length that a message bears.</summary>
    public static string Shorten(string text)
    {
        var line = new string(text.Trim().Select(c => char.IsControl(c) ? ' ' : c).ToArray());
        return line.Length <= Longest ? line : line[..Longest] + "...";
    }
}
