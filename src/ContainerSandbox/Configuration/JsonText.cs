using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ContainerSandbox.Configuration;

/// <summary>Writes settings as JSON.</summary>
internal static class JsonText
{
    public static string Write(IReadOnlyList<KeyValuePair<string, object>> content)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(writer, content);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<KeyValuePair<string, object>> group)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in group)
        {
            writer.WritePropertyName(key);
            if (value is IReadOnlyList<KeyValuePair<string, object>> inner)
                Write(writer, inner);
            else
                JsonSerializer.Serialize(writer, value, value.GetType());
        }

        writer.WriteEndObject();
    }
}
