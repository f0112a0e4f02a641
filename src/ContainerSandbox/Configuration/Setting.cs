namespace ContainerSandbox.Configuration;

/// <summary>One value of a configuration, whatever it was written in, and where it stands.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Path">The keys that lead to it, joined with dots.</param>
/// <param name="Line">Its line in a file; null where there is none.</param>
/// <param name="Value">What it is, unless it holds others.</param>
/// <param name="Children">What it holds; null for a plain value.</param>
internal sealed record Setting(string Name, string Path, int? Line, object? Value, IReadOnlyList<Setting>? Children = null)
{
    /// <summary>Where it stands, for people.</summary>
    public string Place => Line is { } line ? $"{(Path.Length > 0 ? Path : "The file")} (line {line})" : Path;

    /// <summary>The path of something in it.</summary>
    public string PathOf(string name) => Path.Length > 0 ? $"{Path}.{name}" : name;
}
