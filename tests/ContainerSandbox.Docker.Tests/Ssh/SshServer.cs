using System.Diagnostics;
using System.Net.Sockets;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Ssh;

/// <summary>
/// An ssh server on this machine (Debian package <c>openssh-server</c>) with settings and keys of its own, and clients that know nothing of
/// this machine's. Whatever happens to the tests, it ends with them: its guard waits for the end of its input.
/// </summary>
internal sealed class SshServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/sshd";
    private const string Alias = "the-engines-machine";
    private const string PrivilegeSeparation = "/run/sshd";
    private readonly string _folder = Directory.CreateTempSubdirectory("cs-sshd-").FullName;
    private Process? _guard;

    private SshServer() => Port = LocalRegistry.FreePort();

    /// <summary>Where it listens on the loopback interface.</summary>
    public int Port { get; }

    /// <summary>The name of its key and of that with which clients are let in.</summary>
    public static (string Host, string User) Keys => ("host", "user");

    public static async Task<SshServer> StartAsync()
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException($"These tests log in over ssh and {Program} is missing. Install it: `apt-get install openssh-server`.");
        var server = new SshServer();
        await server.KeyAsync(Keys.Host);
        await server.KeyAsync(Keys.User);
        await server.ListenAsync();
        return server;
    }

    /// <summary>Makes a key pair.</summary>
    public Task KeyAsync(string name) => RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", InFolder(name));

    /// <summary>A folder for the PATH whose ssh believes one key of the server and shows one of its own; null for none.</summary>
    public async Task<string> ClientAsync(string? believes, string shows)
    {
        var folder = Directory.CreateDirectory(InFolder(Guid.NewGuid().ToString("N")[..8])).FullName;
        var known = Path.Combine(folder, "known_hosts");
        await File.WriteAllTextAsync(known, believes is null ? "" : $"{Alias} {await File.ReadAllTextAsync(InFolder(believes + ".pub"))}");
        var settings = Settings(folder);
        await File.WriteAllTextAsync(
            settings,
            $"Host *\nHostKeyAlias {Alias}\nUserKnownHostsFile {known}\nGlobalKnownHostsFile none\nIdentityFile {InFolder(shows)}\nIdentitiesOnly yes\nIdentityAgent none\nPreferredAuthentications publickey\n");
        var program = Path.Combine(folder, "ssh");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec /usr/bin/ssh -F {settings} \"$@\"\n");
        await RunAsync("chmod", "+x", program);
        return folder;
    }

    /// <summary>The ssh processes of a client.</summary>
    public static IReadOnlyList<int> ProcessesOf(string client) =>
        [.. Process.GetProcesses().Select(process => process.Id).Where(process => CommandLine(process).Contains(Settings(client), StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        if (_guard is not null)
        {
            _guard.StandardInput.Close();
            await _guard.WaitForExitAsync();
            _guard.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task ListenAsync()
    {
        Directory.CreateDirectory(PrivilegeSeparation);
        File.Copy(InFolder(Keys.User + ".pub"), InFolder("authorized"));
        var settings = InFolder("sshd_config");
        await File.WriteAllTextAsync(
            settings,
            $"ListenAddress 127.0.0.1:{Port}\nHostKey {InFolder(Keys.Host)}\nAuthorizedKeysFile {InFolder("authorized")}\nPidFile none\nStrictModes no\nUsePAM no\n"
            + "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\n");
        _guard = Process.Start(new ProcessStartInfo("bash", ["-c", "\"$0\" -D -e -f \"$1\" 2>\"$2\" & cat >/dev/null; kill $!; wait", Program, settings, InFolder("log")])
        {
            RedirectStandardInput = true,
        })!;
        await Eventually.HoldsAsync("the ssh server answers", TimeSpan.FromSeconds(30), async () =>
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", Port);
                return await client.GetStream().ReadAsync(new byte[4]) == 4;
            }
            catch (SocketException)
            {
                return false;
            }
        });
    }

    private static string Settings(string client) => Path.Combine(client, "config");

    private string InFolder(string name) => Path.Combine(_folder, name);

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
