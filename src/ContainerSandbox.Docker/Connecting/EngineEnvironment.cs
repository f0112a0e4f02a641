namespace ContainerSandbox.Docker.Connecting;

/// <summary>What of the process's surroundings decides where an engine is looked for.</summary>
/// <param name="Variable">Reads an environment variable.</param>
/// <param name="HomeFolder">The user's home.</param>
/// <param name="IsWindows">True where engines listen on named pipes.</param>
internal sealed record EngineEnvironment(Func<string, string?> Variable, string HomeFolder, bool IsWindows)
{
    /// <summary>Those of this process.</summary>
    public static EngineEnvironment OfProcess() => new(
        Environment.GetEnvironmentVariable,
        Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home
            ? home
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        OperatingSystem.IsWindows());

    /// <summary>Where the docker command line keeps its configuration.</summary>
    public string ConfigurationFolder => this["DOCKER_CONFIG"] ?? Path.Combine(HomeFolder, ".docker");

    /// <summary>A variable that is set and not empty; null otherwise.</summary>
    public string? this[string name] => Variable(name) is { Length: > 0 } value ? value : null;

    /// <summary>The first program of a name on the PATH; null where there is none.</summary>
    public string? FindProgram(string name) => (this["PATH"] ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, IsWindows ? name + ".exe" : name))
        .FirstOrDefault(File.Exists);
}
