using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ContainerSandbox.EmbeddedShell;

/// <summary>One runspace, and the pipeline that runs in it at the moment.</summary>
internal sealed class ShellSession : IDisposable
{
    public const int StoppedExitCode = 130;

    private readonly ShellHost host = new();
    private readonly Runspace runspace;
    private readonly Lock gate = new();
    private PowerShell? running;

    public ShellSession()
    {
        runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
        runspace.Open();
    }

    /// <summary>Set once a script called <c>exit</c>.</summary>
    public int? ExitCode => host.ExitCode;

    public string Location => runspace.SessionStateProxy.Path.CurrentLocation.Path;

    /// <summary>Runs a script and gives the exit code that the process ends with.</summary>
    public int RunToEnd(string script)
    {
        var completed = Run(script);
        return ExitCode ?? completed switch { RunResult.Completed => 0, RunResult.Stopped => StoppedExitCode, _ => 1 };
    }

    /// <summary>Runs a script with its output and its errors shown as a shell shows them.</summary>
    public RunResult Run(string script)
    {
        using var powershell = Showing(script);
        lock (gate) running = powershell;
        try
        {
            powershell.Invoke();
            return powershell.InvocationStateInfo.State == PSInvocationState.Stopped ? RunResult.Stopped : RunResult.Completed;
        }
        catch (PipelineStoppedException)
        {
            return RunResult.Stopped;
        }
        catch (ParseException failure)
        {
            // The record of text that is in no file has nothing for the error view to show.
            host.UI.WriteErrorLine(failure.Message);
            return RunResult.Failed;
        }
        catch (RuntimeException failure)
        {
            Show(failure.ErrorRecord);
            return RunResult.Failed;
        }
        finally
        {
            lock (gate) running = null;
            host.EndProgress();
        }
    }

    /// <summary>Asks the running pipeline to stop; false when none runs.</summary>
    public bool Stop()
    {
        lock (gate)
        {
            // Waiting here would hold the thread on which the console's signals arrive.
            running?.BeginStop(null, null);
            return running is not null;
        }
    }

    public void Dispose() => runspace.Dispose();

    private PowerShell Showing(string script)
    {
        var powershell = PowerShell.Create(runspace).AddScript(script);
        powershell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        return powershell.AddCommand("Out-Default");
    }

    private void Show(ErrorRecord failure)
    {
        // Only a record that was written as an error is shown where errors go.
        using var powershell = Showing(
            "& { [CmdletBinding()] param($failure) $ErrorActionPreference = 'Continue'; $PSCmdlet.WriteError($failure) } $args[0]");
        powershell.Commands.Commands[0].Parameters.Add(null, failure);
        powershell.Invoke();
    }
}
