using System.Management.Automation;

namespace ContainerSandbox.Session;

/// <summary>
/// A user's own health check: a script that is given an environment. It runs where the cmdlet runs, on the thread of the pipeline. What it
/// emits decides; what it writes otherwise (warnings, verbose, debug and information messages, progress) is discarded.
/// </summary>
internal sealed class UserHealthCheck(ScriptBlock script)
{
    // An error of a command in it ends it, like one that is thrown: a check that did not work shows nothing.
    private const string Runner =
        "param($script, $environment) $ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'; & $script $environment 2>$null 3>$null 4>$null 5>$null 6>$null";

    /// <summary>
    /// Runs it. A thrown error and <c>$false</c> are Critical, texts that are not empty are a Warning with them, and anything else is fine.
    /// </summary>
    public (HealthStatus Status, string Reason) Run(AgentEnvironment environment)
    {
        try
        {
            // Whatever escapes the redirections of the script ends with the streams of this nested pipeline.
            using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
            var values = shell.AddScript(Runner, useLocalScope: true).AddArgument(script).AddArgument(environment).Invoke()
                .Select(value => value?.BaseObject).ToList();
            var texts = string.Join(", ", values.OfType<string>().Select(text => text.Trim()).Where(text => text.Length > 0));
            if (values.Contains(false))
                return (HealthStatus.Critical, texts.Length > 0 ? $"own check failed: {texts}" : "own check failed: it returned $false");
            return texts.Length > 0 ? (HealthStatus.Warning, $"own check: {texts}") : (HealthStatus.Healthy, "own check passed");
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException exception)
        {
            return (HealthStatus.Critical, $"own check failed: {Message(exception)}");
        }
    }

    // Without the sentence that PowerShell puts before an error that ends a script.
    private static string Message(RuntimeException exception) =>
        exception is ActionPreferenceStopException ? exception.ErrorRecord.Exception.Message : exception.Message;
}
