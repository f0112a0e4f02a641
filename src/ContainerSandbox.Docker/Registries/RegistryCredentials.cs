using System.Text;
using System.Text.Json;
using ContainerSandbox.Docker.Connecting;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Registries;

/// <summary>
/// Finds the credentials of a registry where <c>docker login</c> keeps them: with the helper that the command line's configuration names
/// for it, or in the configuration itself. They are read anew each time, so that a login counts at once, and go nowhere but to the engine.
/// </summary>
internal sealed class RegistryCredentials(EngineEnvironment environment, CredentialHelper helper)
{
    /// <summary>Looks for those of a registry.</summary>
    public async Task<FoundCredentials> FindAsync(string registry, CancellationToken cancellationToken)
    {
        var file = Path.Combine(environment.ConfigurationFolder, "config.json");
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return FoundCredentials.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new FoundCredentials(null, $"'{file}', which may hold some, could not be read");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return new FoundCredentials(null, $"'{file}', which may hold some, could not be read");
            if (HelperFor(document.RootElement, registry) is not { } name)
                return Entry(document.RootElement, registry, file);
            var found = await helper.GetAsync(name, registry, cancellationToken).ConfigureAwait(false);
            return found.Credentials is null && Entry(document.RootElement, registry, file) is { Credentials: not null } written ? written : found;
        }
    }

    private static string? HelperFor(JsonElement configuration, string registry) =>
        configuration.TryGetProperty("credHelpers", out var helpers) && helpers.ValueKind == JsonValueKind.Object
            && Named(helpers, registry) is { ValueKind: JsonValueKind.String } one
            ? one.GetString()
            : Text(configuration, "credsStore");

    private static FoundCredentials Entry(JsonElement configuration, string registry, string file)
    {
        if (!configuration.TryGetProperty("auths", out var entries) || entries.ValueKind != JsonValueKind.Object
            || Named(entries, registry) is not { ValueKind: JsonValueKind.Object } entry)
            return FoundCredentials.None;
        var credentials = new AuthConfig
        {
            ServerAddress = registry,
            IdentityToken = Text(entry, "identitytoken"),
            RegistryToken = Text(entry, "registrytoken"),
            Username = Text(entry, "username"),
            Password = Text(entry, "password"),
        };
        if (Text(entry, "auth") is { } both && !TrySplit(both, credentials))
            return new FoundCredentials(null, $"those in '{file}' are not written as `docker login` writes them");
        return credentials is { IdentityToken: null, RegistryToken: null, Username: null } ? FoundCredentials.None : new FoundCredentials(credentials);
    }

    private static bool TrySplit(string both, AuthConfig credentials)
    {
        var bytes = new byte[both.Length];
        if (!Convert.TryFromBase64String(both, bytes, out var length))
            return false;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return false;
        credentials.Username = text[..colon];
        credentials.Password = text[(colon + 1)..].Trim('\0');
        return true;
    }

    private static JsonElement? Named(JsonElement entries, string registry)
    {
        foreach (var entry in entries.EnumerateObject())
        {
            if (RegistryHost.FromEntry(entry.Name) == registry)
                return entry.Value;
        }

        return null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
