using System.Threading.Channels;

namespace ContainerSandbox.Benchmarks.Shells;

/// <summary>Shells for work that comes at the same time: each runs one pipeline at a time.</summary>
internal sealed class ShellPool : IDisposable
{
    private readonly Channel<ModuleShell> free = Channel.CreateUnbounded<ModuleShell>();

    public ShellPool(int count)
    {
        for (var i = 0; i < count; i++) free.Writer.TryWrite(new ModuleShell());
    }

    /// <summary>Waits for a shell and works with it, on a thread of its own, as a user's shell is: the module's work must not wait for a thread that waits for it.</summary>
    public async Task<T> UseAsync<T>(Func<ModuleShell, T> work)
    {
        var shell = await free.Reader.ReadAsync();
        try
        {
            return await Task.Factory.StartNew(() => work(shell), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            free.Writer.TryWrite(shell);
        }
    }

    public void Dispose()
    {
        while (free.Reader.TryRead(out var shell)) shell.Dispose();
    }
}
