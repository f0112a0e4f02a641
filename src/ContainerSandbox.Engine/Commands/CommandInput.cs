using ContainerSandbox.Engine.Sessions;

namespace ContainerSandbox.Engine.Commands;

/// <summary>Hands a command its standard input.</summary>
internal static class CommandInput
{
    /// <summary>
    /// Feeds a command once it began, until its input or the command ends. What is not read by then is dropped, as a shell's pipe
    /// does. A failure of the input itself is the caller's; a command that takes no more input is known by its end.
    /// </summary>
    public static async Task FeedAsync(ShellSession session, Exchange exchange, Stream? input, CancellationToken cancellationToken)
    {
        await exchange.Began.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!exchange.HasBegun)
            return;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var feeding = session.FeedAsync(input ?? Stream.Null, done.Token);
        if (await Task.WhenAny(feeding, exchange.End).WaitAsync(cancellationToken).ConfigureAwait(false) != feeding)
        {
            // A stream that heeds no cancellation must not hold the result.
            await done.CancelAsync().ConfigureAwait(false);
            _ = feeding.ContinueWith(
                static left => left.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return;
        }

        try
        {
            await feeding.ConfigureAwait(false);
        }
        catch (SandboxException)
        {
            // It closed its input and goes on, or its connection broke: its end tells which.
        }
    }
}
