using System.Management.Automation;

namespace ContainerSandbox.Benchmarks.Shells;

/// <summary>A cmdlet that was looked up once and can be called often, as a script calls it in a loop.</summary>
internal sealed class PreparedCommand(PowerShell powershell) : IDisposable
{
    /// <summary>Calls it and gives the one object that it emits.</summary>
    public T Invoke<T>() => InvokeAll<T>() is [var only] ? only : throw new InvalidOperationException("One object was expected.");

    public IReadOnlyList<T> InvokeAll<T>()
    {
        var emitted = powershell.Invoke<T>();
        if (powershell.HadErrors)
            throw new InvalidOperationException(string.Join(Environment.NewLine, powershell.Streams.Error));
        return emitted;
    }

    public void Dispose() => powershell.Dispose();
}
