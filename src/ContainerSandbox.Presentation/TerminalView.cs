using ContainerSandbox.Engine.Presenting;
using ContainerSandbox.Presentation.Live;

namespace ContainerSandbox.Presentation;

/// <summary>Shows a sandbox on the terminal's alternate screen and takes keys meanwhile.</summary>
public sealed class TerminalView : ILiveView
{
    // No key waits longer, no change of size, and no cancellation.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly ITerminal _terminal;
    private readonly TimeProvider _timeProvider;

    /// <summary>On this process's own terminal.</summary>
    public TerminalView()
        : this(new SystemTerminal(), TimeProvider.System)
    {
    }

    internal TerminalView(ITerminal terminal, TimeProvider timeProvider) => (_terminal, _timeProvider) = (terminal, timeProvider);

    /// <inheritdoc />
    public async Task ShowAsync(ILiveSource source, TimeSpan refreshEvery, CancellationToken cancellationToken)
    {
        if (_terminal.FindObstacle() is { } obstacle)
        {
            throw new SandboxException(
                SandboxErrorId.NotInteractive,
                SandboxErrorCategory.InvalidOperation,
                $"A live view needs a terminal: {obstacle}. Run 'Get-SandboxMetrics' for figures, or 'Export-SandboxReport' for a page.");
        }

        _terminal.Write(Frame.Enter);
        try
        {
            await ShowUntilEndAsync(source, refreshEvery, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _terminal.Write(Frame.Leave);
        }
    }

    private async Task ShowUntilEndAsync(ILiveSource source, TimeSpan refreshEvery, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (state, content, size) = (new ViewState(), source.Read(), _terminal.Size);
        Draw(content, state, size);
        var sampling = source.SampleAsync(end.Token);
        var startedAt = _timeProvider.GetTimestamp();
        var isSampling = true;
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var next = ReadKeys(state);
                if (next.IsOver)
                    return;
                var isChanged = next != state || size != _terminal.Size;
                (state, size) = (next, _terminal.Size);
                var isDue = !state.IsFrozen && _timeProvider.GetElapsedTime(startedAt) >= refreshEvery;
                if (!state.IsFrozen && isSampling && (sampling.IsCompleted || isDue))
                {
                    // A sweep that takes long does not hold up what else is known.
                    isSampling = !sampling.IsCompleted;
                    if (!isSampling)
                        await sampling.ConfigureAwait(false);
                    (content, isChanged) = (source.Read(), true);
                }

                if (isChanged)
                    Draw(content, state, size);
                if (isDue)
                {
                    startedAt = _timeProvider.GetTimestamp();
                    sampling = isSampling ? sampling : source.SampleAsync(end.Token);
                    isSampling = true;
                }

                await Task.Delay(Tick, _timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            // A sweep that the engine keeps waiting holds nobody up here; how it ends does not matter any more.
            await end.CancelAsync().ConfigureAwait(false);
            await sampling.WaitAsync(Tick, _timeProvider, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ViewState ReadKeys(ViewState state)
    {
        while (!state.IsOver && _terminal.ReadKey() is { } key)
            state = state.Press(key);
        return state;
    }

    private void Draw(LiveContent content, ViewState state, ScreenSize size) => _terminal.Write(Frame.Draw(
        LiveScreen.Make(content, state, size, _terminal.IsUnicode), size, _terminal.HasColor));
}
