using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Docker.Events;

/// <summary>Reads the events that the engine writes.</summary>
internal static class EngineEvent
{
    private const long NanosecondsPerTick = 100;

    // Compared by prefix: engines add details after a colon. Podman takes "died" and "remove" for the ends, and tells of no lack of memory.
    private static readonly (string Prefix, BackendEventKind Kind)[] Kinds =
        [("start", BackendEventKind.Started), ("oom", BackendEventKind.OutOfMemory), ("die", BackendEventKind.Died), ("destroy", BackendEventKind.Destroyed),
            ("remove", BackendEventKind.Destroyed), ("died", BackendEventKind.Died)];

    /// <summary>The actions to ask for.</summary>
    public static IEnumerable<string> Actions => Kinds.Select(kind => kind.Prefix);

    /// <summary>Reads one; false for what is none or cannot be read, which a feed that may lose events anyway passes over.</summary>
    public static bool TryParse(ReadOnlySequence<byte> json, out BackendEvent happened)
    {
        happened = null!;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "Action") is not { } action
                || Kind(action) is not { } kind || !root.TryGetProperty("Actor", out var actor) || Text(actor, "ID") is not { Length: > 0 } id)
                return false;
            happened = new BackendEvent(kind, id, At(root), kind == BackendEventKind.Died ? ExitCode(actor) : null);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads when something happened; false for what cannot be read.</summary>
    public static bool TryParseMoment(ReadOnlySequence<byte> json, out DateTimeOffset at)
    {
        at = default;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return false;
            at = At(document.RootElement);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static BackendEventKind? Kind(string action)
    {
        foreach (var (prefix, kind) in Kinds)
        {
            if (action.StartsWith(prefix, StringComparison.Ordinal))
                return kind;
        }

        return null;
    }

    private static DateTimeOffset At(JsonElement root)
    {
        if (root.TryGetProperty("timeNano", out var nanoseconds) && nanoseconds.TryGetInt64(out var exact))
            return DateTimeOffset.UnixEpoch.AddTicks(exact / NanosecondsPerTick);
        return root.TryGetProperty("time", out var seconds) && seconds.TryGetInt64(out var coarse)
            ? DateTimeOffset.FromUnixTimeSeconds(coarse)
            : DateTimeOffset.UnixEpoch;
    }

    private static int? ExitCode(JsonElement actor) =>
        actor.TryGetProperty("Attributes", out var attributes) && attributes.ValueKind == JsonValueKind.Object
        && int.TryParse(Text(attributes, "exitCode"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) ? code : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
