using System.Collections.Concurrent;
using System.Text.Json;

namespace ContainerSandbox.Engine.Openers;

/// <summary>The seccomp profiles of a sandbox. A file is read once: what is changed in it later changes nothing.</summary>
/// <param name="usual">The file of the module's own profile.</param>
internal sealed class SecurityProfiles(string usual)
{
    private readonly ConcurrentDictionary<string, string> _texts = new();

    /// <summary>Reads the profile that openers name, or the module's own.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.InvalidSeccompProfile"/>.</exception>
    public async Task LoadAsync(SandboxOpeners openers, CancellationToken cancellationToken)
    {
        var path = PathOf(openers);
        if (!_texts.ContainsKey(path))
            _texts[path] = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A profile that was read, as JSON.</summary>
    public string Of(SandboxOpeners openers) => _texts[PathOf(openers)];

    private string PathOf(SandboxOpeners openers) => openers.SeccompProfile ?? usual;

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
            using var profile = JsonDocument.Parse(text);
            return profile.RootElement.ValueKind == JsonValueKind.Object ? text : throw Invalid(path, "it holds no JSON object", null);
        }
        catch (JsonException exception)
        {
            throw Invalid(path, $"it is no valid JSON (line {exception.LineNumber + 1})", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Invalid(path, exception.Message.TrimEnd('.'), exception);
        }
    }

    private static SandboxException Invalid(string path, string problem, Exception? cause) => new(
        SandboxErrorId.InvalidSeccompProfile,
        SandboxErrorCategory.InvalidArgument,
        $"The seccomp profile '{path}' cannot be used: {problem}. Give a file in the form of the engine's own profile, such as the module's profiles/seccomp.json.",
        path,
        cause);
}
