namespace ContainerSandbox.Docker.Calls;

/// <summary>Ids on their way into the path of a request, where the library puts them unescaped.</summary>
internal static class EngineId
{
    /// <summary>The id, unable to lead anywhere else in the API.</summary>
    public static string Escape(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);

        // Dots survive escaping, and a path of dots climbs.
        return id.All(c => c == '.')
            ? throw new ArgumentException("Dots alone are no id.", nameof(id))
            : Uri.EscapeDataString(id);
    }
}
