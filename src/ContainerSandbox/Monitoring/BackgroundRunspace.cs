using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ContainerSandbox.Loading;

namespace ContainerSandbox.Monitoring;

/// <summary>
/// The runspace in which a sandbox's scripts run, one at a time and apart from the user's variables. The module is in it. A script that does not end in
/// time is stopped; one that cannot be stopped is left behind with its runspace, and the next finds a new one.
/// </summary>
internal sealed class BackgroundRunspace : IDisposable
{
    // $_ is the argument too, as in ForEach-Object. What is emitted, or said beside errors, is nobody's and must not pile up.
    private const string Wrapper =
        "param($__script, $__argument) foreach ($_ in , $__argument) { $null = & $__script $__argument 3>$null 4>$null 5>$null 6>$null }";

    private static readonly TimeSpan StopTakes = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private readonly string _name;
    private Runspace _runspace;
    private bool _isOver;

    /// <summary>Opens it, so that <c>Get-Runspace</c> shows it.</summary>
    /// <param name="name">Its name.</param>
    public BackgroundRunspace(string name)
    {
        _name = name;
        _runspace = Open(name);
    }

    /// <summary>Runs a script with one argument. Not to be called again before that ends.</summary>
    /// <param name="script">The script, as the user's runspace made it.</param>
    /// <param name="argument">What its first parameter is.</param>
    /// <param name="deadline">How long it may take.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <returns>What went wrong; null when nothing did.</returns>
    public async Task<string?> RunAsync(ScriptBlock script, object argument, TimeSpan deadline, TimeProvider timeProvider)
    {
        Runspace runspace;
        lock (_gate)
        {
            if (_isOver)
                return null;
            runspace = _runspace;
        }

        // A block belongs to the runspace that made it. Its syntax tree belongs to none.
        var shell = PowerShell.Create();
        shell.Runspace = runspace;
        var errors = new FirstError(shell);
        shell.AddScript(Wrapper, useLocalScope: true).AddArgument(((System.Management.Automation.Language.ScriptBlockAst)script.Ast).GetScriptBlock()).AddArgument(argument);
        var running = Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke);
        try
        {
            await running.WaitAsync(deadline, timeProvider).ConfigureAwait(false);
            return errors.Message;
        }
        catch (TimeoutException)
        {
            await StopAsync(shell, running, timeProvider).ConfigureAwait(false);
            return $"it did not end within {deadline.TotalSeconds:0.#} s and was stopped";
        }
        catch (Exception exception) when (exception is RuntimeException or InvalidOperationException)
        {
            return exception.Message;
        }
        finally
        {
            // Not before the script has ended, which may be never: it would be waited for.
            _ = running.ContinueWith(_ => shell.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            _isOver = true;
            _runspace.CloseAsync();
        }
    }

    private async Task StopAsync(PowerShell shell, Task running, TimeProvider timeProvider)
    {
        var stopping = Task.Factory.FromAsync(shell.BeginStop(null, null), shell.EndStop);
        var both = Task.WhenAll(stopping, running);
        await Task.WhenAny(both, Task.Delay(StopTakes, timeProvider)).ConfigureAwait(false);
        if (!both.IsCompleted)
            Replace();
        _ = both.ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private void Replace()
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            _runspace.CloseAsync();
            _runspace = Open(_name);
        }
    }

    private static Runspace Open(string name)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([ModuleLayout.Manifest]);
        var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Name = name;
        runspace.Open();
        return runspace;
    }
}
