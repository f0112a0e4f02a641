using System.Management.Automation;

namespace ContainerSandbox.Monitoring;

/// <summary>Keeps the first error that a script writes, and lets go of the others: they may be endless.</summary>
internal sealed class FirstError
{
    private readonly PSDataCollection<ErrorRecord> _errors;
    private volatile string? _message;

    public FirstError(PowerShell shell)
    {
        _errors = shell.Streams.Error;
        _errors.DataAdded += OnAdded;
    }

    /// <summary>What it says; null when there is none.</summary>
    public string? Message => _message;

    private void OnAdded(object? sender, DataAddedEventArgs e)
    {
        _message ??= _errors[0].ToString();
        _errors.Clear();
    }
}
