using System.Security;

namespace ContainerSandbox.Configuration;

/// <summary>A file that holds the configuration of a sandbox: JSON or a PowerShell data file, by its extension.</summary>
internal static class ConfigurationFile
{
    private const string Forms = "the extension .json or .psd1";

    /// <summary>Reads a file. Files that it names are looked for beside it.</summary>
    /// <param name="path">Its full path.</param>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.InvalidConfiguration"/>, with every problem that there is.</exception>
    public static SandboxSettings Read(string path)
    {
        var read = IsJson(path) ? (Func<string, Setting>)JsonSettings.Read : DataFileSettings.Read;
        var reader = new SettingsReader();
        try
        {
            var settings = reader.ReadSandbox(read(File.ReadAllText(path)));
            return reader.Problems.Count == 0 ? settings.WithFullPaths(file => Path.GetFullPath(file, Path.GetDirectoryName(path)!)) : throw Invalid(path, reader.Problems, null);
        }
        catch (FormatException exception)
        {
            throw Invalid(path, exception.Message.Split('\n'), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SecurityException)
        {
            throw Invalid(path, [$"it cannot be read: {exception.Message}"], exception);
        }
    }

    /// <summary>The text of a configuration, for a file of this name.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.InvalidConfiguration"/>: the extension is neither.</exception>
    public static string Write(string path, SandboxOptions options) =>
        IsJson(path) ? JsonText.Write(ConfigurationContent.Of(options)) : DataFileText.Write(ConfigurationContent.Of(options));

    private static bool IsJson(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".JSON" => true,
        ".PSD1" => false,
        _ => throw Invalid(path, [$"a configuration file has {Forms}"], null),
    };

    private static SandboxException Invalid(string path, IEnumerable<string> problems, Exception? cause) => new(
        SandboxErrorId.InvalidConfiguration,
        SandboxErrorCategory.InvalidArgument,
        $"The configuration file '{path}' cannot be used:{string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}."))}",
        path,
        cause);
}
