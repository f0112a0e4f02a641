using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ContainerSandbox.Docker.Connecting;
using Docker.DotNet.Models;

namespace ContainerSandbox.Docker.Registries;

/// <summary>
/// Asks a program <c>docker-credential-NAME</c> for credentials, by the protocol that it shares with the docker command line: the
/// registry goes in, JSON comes out. What it says when it fails is not passed on, since nobody knows what is in it.
/// </summary>
internal sealed partial class CredentialHelper(EngineEnvironment environment, TimeProvider timeProvider)
{
    private const string IsToken = "<token>";
    private const int LongestAnswer = 1 << 16;

    /// <summary>How long it may take: it may ask a service for a fresh token.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Gets the credentials of a registry.</summary>
    public async Task<FoundCredentials> GetAsync(string name, string registry, CancellationToken cancellationToken)
    {
        var program = $"docker-credential-{name}";
        if (!PlainName().IsMatch(name) || environment.FindProgram(program) is not { } file)
            return new FoundCredentials(null, $"the helper `{Calls.EngineText.Shorten(program)}` that should know them is not on the PATH");

        using var timeout = new CancellationTokenSource(Deadline, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var answer = await RunAsync(file, registry, either.Token).ConfigureAwait(false);
            return answer is null ? FoundCredentials.None : Read(answer, registry, program);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new FoundCredentials(null, $"the helper `{program}` did not answer within {Deadline.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return new FoundCredentials(null, $"the helper `{program}` could not be run");
        }
    }

    // Null where it knows none, which it says with an exit code as it says everything else that goes wrong.
    private static async Task<string?> RunAsync(string file, string registry, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(file, ["get"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.Start();
        try
        {
            var output = ReadAsync(process.StandardOutput, cancellationToken);
            await Task.WhenAll(
                WriteAsync(process.StandardInput, registry, cancellationToken), output, ReadAsync(process.StandardError, cancellationToken),
                process.WaitForExitAsync(cancellationToken)).ConfigureAwait(false);
            return process.ExitCode == 0 ? await output.ConfigureAwait(false) : null;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static async Task WriteAsync(StreamWriter input, string registry, CancellationToken cancellationToken)
    {
        try
        {
            await using (input.ConfigureAwait(false))
                await input.WriteLineAsync(registry.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // One that ends without reading says by its exit code what that means.
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var buffer = new char[LongestAnswer];
        var length = await reader.ReadBlockAsync(buffer, cancellationToken).ConfigureAwait(false);
        return new string(buffer, 0, length);
    }

    private static FoundCredentials Read(string answer, string registry, string program)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var user = document.RootElement.GetProperty("Username").GetString();
            var secret = document.RootElement.GetProperty("Secret").GetString();
            return new FoundCredentials(user == IsToken
                ? new AuthConfig { ServerAddress = registry, IdentityToken = secret }
                : new AuthConfig { ServerAddress = registry, Username = user, Password = secret });
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new FoundCredentials(null, $"the answer of the helper `{program}` could not be understood");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();
}
