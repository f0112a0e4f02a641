using System.Text;
using System.Text.Json;

namespace ContainerSandbox.Configuration;

/// <summary>Settings that are written in JSON. Comments and a comma too many are no error.</summary>
internal static class JsonSettings
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a whole text.</summary>
    /// <exception cref="FormatException">It is no JSON object; the message names the line.</exception>
    public static Setting Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new FormatException("The file (line 1): it does not begin with '{'");
            var root = ReadGroup(ref reader, bytes, "", "");
            while (reader.Read())
            {
            }

            return root;
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The file (line {exception.LineNumber + 1}): it is no valid JSON from here on", exception);
        }
    }

    private static Setting ReadGroup(ref Utf8JsonReader reader, byte[] bytes, string name, string path)
    {
        var group = new Setting(name, path, Line(reader, bytes), null, []);
        var children = new List<Setting>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            var line = Line(reader, bytes);
            reader.Read();
            children.Add(ReadValue(ref reader, bytes, key, group.PathOf(key)) with { Line = line });
        }

        return group with { Children = children };
    }

    private static Setting ReadValue(ref Utf8JsonReader reader, byte[] bytes, string name, string path)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            return ReadGroup(ref reader, bytes, name, path);
        object? value = reader.TokenType switch
        {
            JsonTokenType.StartArray => ReadList(ref reader),
            _ => Plain(reader),
        };
        return new Setting(name, path, null, value);
    }

    // No setting is a list of groups: such a one is shown as it is meant, and refused where it stands.
    private static object?[] ReadList(ref Utf8JsonReader reader)
    {
        var list = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject ? "[...]" : Plain(reader));
            reader.Skip();
        }

        return [.. list];
    }

    private static object? Plain(Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => reader.TryGetInt64(out var whole) ? whole : reader.GetDouble(),
        _ => null,
    };

    private static int Line(Utf8JsonReader reader, byte[] bytes) => 1 + bytes.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
}
