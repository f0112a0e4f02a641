using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Hosting;
using ContainerSandbox.Engine.Sessions;

namespace ContainerSandbox.Engine.Networks;

/// <summary>One of the two containers of a proof.</summary>
internal sealed class ProofContainer(IContainerLease lease, ShellSession knocking, ShellSession answering) : IAsyncDisposable
{
    // The kernel's own table, read by the shell alone.
    private const string ReadAddresses = "while IFS= read -r __cs_l; do echo \"$__cs_l\"; done </proc/net/fib_trie";

    /// <summary>Its address on the network; null when it has none.</summary>
    public async Task<string?> AddressAsync(CancellationToken cancellationToken) =>
        LocalAddresses.First((await answering.AskAsync(ReadAddresses, cancellationToken).ConfigureAwait(false)).Output);

    /// <summary>What a command says; null when it says nothing in the time that it has.</summary>
    public async Task<string?> AskAsync(string command, TimeSpan within, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var limit = TimeLimit.Start(within, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return (await knocking.AskAsync($"({command}) 2>&1", either.Token).ConfigureAwait(false)).Output;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>True while it answers.</summary>
    public async Task<bool> IsThereAsync(CancellationToken cancellationToken) =>
        (await answering.AskAsync("echo there", cancellationToken).ConfigureAwait(false)).Output == "there\n";

    public async ValueTask DisposeAsync()
    {
        await knocking.DisposeAsync().ConfigureAwait(false);
        await answering.DisposeAsync().ConfigureAwait(false);
        await lease.DisposeAsync().ConfigureAwait(false);
    }
}
