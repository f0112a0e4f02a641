using System.Diagnostics;

namespace ContainerSandbox.Docker.Connecting.Ssh;

/// <summary>
/// One ssh process that listens on a socket here and carries what connects to it to the engine's socket there. It also holds a shell
/// there, which waits for input: when this process ends, by whatever death, that input ends, and ssh with it.
/// </summary>
internal sealed class SshForwarding : IAsyncDisposable
{
    private const string Mark = "containersandbox:";
    private const int LongestTemporary = 60;
    private static readonly TimeSpan EndTakes = TimeSpan.FromSeconds(2);
    private readonly Process _process;
    private readonly string _folder;
    private readonly SpokenWords _said;
    private Task _draining = Task.CompletedTask;

    private SshForwarding(Process process, string folder)
    {
        _process = process;
        _folder = folder;
        _said = new SpokenWords(process.StandardError);
        LocalEnd = EndpointAddress.Parse("unix://" + SocketIn(folder), "ssh");
    }

    /// <summary>Where connections to the engine are taken here.</summary>
    public EngineEndpoint LocalEnd { get; }

    /// <summary>False once it ended.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>Starts it and waits until it is through and the engine's socket was seen.</summary>
    public static async Task<SshForwarding> StartAsync(SshTarget target, EngineEnvironment environment, CancellationToken cancellationToken)
    {
        var program = environment.FindProgram("ssh") ?? throw SshFailure.NoClient();
        var folder = NewFolder();
        Process process;
        try
        {
            var command = SshArguments.Command(program, target, folder, SocketIn(folder));
            process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }

        var forwarding = new SshForwarding(process, folder);
        try
        {
            await forwarding.GreetAsync(target, cancellationToken).ConfigureAwait(false);
            return forwarding;
        }
        catch
        {
            await forwarding.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Connections that are still open would hold it back; those that it was given to reach the host end with it.
            using var patience = new CancellationTokenSource(EndTakes, TimeProvider.System);
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await Task.WhenAll(_draining, _said.All).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    // The shell there is fed by its input, so that no shell of the user's choice has to understand it.
    private async Task GreetAsync(SshTarget target, CancellationToken cancellationToken)
    {
        var question = $"s='{target.Socket}'; if [ ! -S \"$s\" ]; then echo {Mark}absent; elif [ ! -w \"$s\" ]; then echo {Mark}denied; else echo {Mark}ready; fi\n";
        try
        {
            await _process.StandardInput.WriteAsync(question.AsMemory(), cancellationToken).ConfigureAwait(false);
            await _process.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It ended already, and says why below.
        }

        var answer = await AnswerAsync(cancellationToken).ConfigureAwait(false);
        if (answer is null)
            throw SshFailure.Ended(target, await _said.All.WaitAsync(cancellationToken).ConfigureAwait(false));
        if (answer == "absent")
            throw SshFailure.NoSocket(target);
        if (answer == "denied")
            throw SshFailure.SocketDenied(target);
        _draining = DrainAsync();
    }

    // What the user's own shell prints at its start comes first.
    private async Task<string?> AnswerAsync(CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
                return line[Mark.Length..].TrimEnd();
        }

        return null;
    }

    private async Task DrainAsync()
    {
        var buffer = new char[256];
        while (await _process.StandardOutput.ReadAsync(buffer).ConfigureAwait(false) > 0)
            continue;
    }

    // Nobody else may enter it. The path of a socket has room for about 100 characters.
    private static string NewFolder()
    {
        var temporary = Path.GetTempPath().Length <= LongestTemporary ? Path.GetTempPath() : "/tmp";
        var folder = Path.Combine(temporary, "cs-ssh-" + Path.GetRandomFileName());
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException();
        return Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    private static string SocketIn(string folder) => Path.Combine(folder, "engine.sock");
}
