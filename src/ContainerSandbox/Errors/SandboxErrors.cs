using System.Management.Automation;

namespace ContainerSandbox.Errors;

/// <summary>Makes error records. Their ids are the contract of <see cref="SandboxErrorId"/>.</summary>
internal static class SandboxErrors
{
    /// <summary>A record of whatever work threw.</summary>
    /// <param name="exception">What it threw.</param>
    /// <param name="input">The user's input, unless the failure names a better one.</param>
    public static ErrorRecord From(Exception exception, object? input) => exception switch
    {
        SandboxException known => Record(known, known.ErrorId, Category(known.Category), known.Target ?? input),
        OperationCanceledException => Record(exception, "OperationCanceled", ErrorCategory.OperationStopped, input),
        _ => Record(exception, "UnexpectedError", ErrorCategory.NotSpecified, input),
    };

    public static ErrorRecord SandboxNotInitialized() => From(
        new SandboxException(
            SandboxErrorId.SandboxNotInitialized,
            SandboxErrorCategory.InvalidOperation,
            "No sandbox was initialized in this runspace. Run 'Initialize-Sandbox' first."),
        null);

    public static ErrorRecord SandboxNotFound(string reference) => From(
        new SandboxException(
            SandboxErrorId.SandboxNotFound,
            SandboxErrorCategory.ObjectNotFound,
            $"No sandbox has the name or id '{reference}'. Run 'Get-Sandbox' to see those of this runspace; another runspace's is given as "
            + "the object that Initialize-Sandbox emitted there."),
        reference);

    public static ErrorRecord SandboxExists(string name) => From(
        new SandboxException(
            SandboxErrorId.SandboxExists,
            SandboxErrorCategory.ResourceExists,
            $"This runspace has a sandbox named '{name}' already. Give another -Name, or -Force to replace it."),
        name);

    public static ErrorRecord AgentEnvironmentNotFound(string agentId, string sandboxName) => From(
        new SandboxException(
            SandboxErrorId.AgentEnvironmentNotFound,
            SandboxErrorCategory.ObjectNotFound,
            $"Sandbox '{sandboxName}' has no environment of agent '{agentId}'. Run 'Get-AgentEnvironment' to see those it has."),
        agentId);

    public static ErrorRecord EnvironmentNotRemembered(string environmentId, string sandboxName) => From(
        new SandboxException(
            SandboxErrorId.AgentEnvironmentNotFound,
            SandboxErrorCategory.ObjectNotFound,
            $"Sandbox '{sandboxName}' remembers nothing of an environment '{environmentId}' of such an agent. Leave -EnvironmentId out to see what it remembers."),
        environmentId);

    public static ErrorRecord SandboxPoolNotFound(string specialization, string sandboxName) => From(
        new SandboxException(
            SandboxErrorId.SandboxPoolNotFound,
            SandboxErrorCategory.ObjectNotFound,
            $"Sandbox '{sandboxName}' has no pool of the specialization '{specialization}'. Run 'Get-SandboxPool' to see those it has."),
        specialization);

    public static ErrorRecord FileExists(string path) => From(
        new SandboxException(
            SandboxErrorId.FileExists,
            SandboxErrorCategory.ResourceExists,
            $"The file '{path}' is there already. Give another -Path, or -Force to replace it."),
        path);

    public static ErrorRecord FileNotWritable(string path, Exception exception) => Record(
        exception, "FileNotWritable", ErrorCategory.WriteError, path);

    public static ErrorRecord CleanupNotVerified(CleanupReceipt receipt) => Record(
        new SandboxException(
            SandboxErrorId.CleanupNotVerified,
            SandboxErrorCategory.NotSpecified,
            $"The removal of '{receipt.Name}' could not be proved: {receipt.Detail}"),
        SandboxErrorId.CleanupNotVerified,
        ErrorCategory.InvalidResult,
        receipt);

    public static ErrorRecord InvalidInputObject(object? input) => Record(
        new ArgumentException(
            $"An object of type '{input?.GetType().ToString() ?? "null"}' cannot become a command's input. Pipe strings, bytes, byte arrays "
            + "or what Invoke-AgentCommand emits; make text of anything else first."),
        "InvalidInputObject",
        ErrorCategory.InvalidType,
        input);

    public static ErrorRecord FileNotReadable(string path, Exception exception) => Record(
        exception, "FileNotReadable", ErrorCategory.ReadError, path);

    private static ErrorRecord Record(Exception exception, string errorId, ErrorCategory category, object? target)
    {
        var record = new ErrorRecord(exception, errorId, category, target);
        if (RecommendedActions.Find(errorId) is { } action)
            record.ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = action };
        return record;
    }

    private static ErrorCategory Category(SandboxErrorCategory category) => category switch
    {
        SandboxErrorCategory.InvalidArgument => ErrorCategory.InvalidArgument,
        SandboxErrorCategory.InvalidOperation => ErrorCategory.InvalidOperation,
        SandboxErrorCategory.ObjectNotFound => ErrorCategory.ObjectNotFound,
        SandboxErrorCategory.ResourceExists => ErrorCategory.ResourceExists,
        SandboxErrorCategory.ResourceUnavailable => ErrorCategory.ResourceUnavailable,
        SandboxErrorCategory.ConnectionError => ErrorCategory.ConnectionError,
        SandboxErrorCategory.OperationTimeout => ErrorCategory.OperationTimeout,
        SandboxErrorCategory.PermissionDenied => ErrorCategory.PermissionDenied,
        SandboxErrorCategory.ProtocolError => ErrorCategory.ProtocolError,
        _ => ErrorCategory.NotSpecified,
    };
}
