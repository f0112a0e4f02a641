using System.Globalization;
using ContainerSandbox.Engine.Events;

namespace ContainerSandbox.Engine.Watching;

/// <summary>
/// Whether the engine answers, as those who ask it now and then find out. From the first question without an answer to the next with one
/// is one episode, however often it is asked meanwhile.
/// </summary>
internal sealed class EngineContact(EventLog events, TimeProvider timeProvider)
{
    private readonly object _gate = new();
    private long _since;
    private string _trouble = "";

    /// <summary>Why it does not answer; empty when it does.</summary>
    public string Trouble
    {
        get
        {
            lock (_gate)
                return _trouble;
        }
    }

    /// <summary>Asks something, and notes whether there was an answer. That it cannot be done is one.</summary>
    public async Task AskAsync(Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        try
        {
            await ask(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (exception is SandboxException { ErrorId: SandboxErrorId.EngineError })
                Answered();
            else
                Failed(exception.Message);
            throw;
        }

        Answered();
    }

    private void Failed(string message)
    {
        lock (_gate)
        {
            if (_trouble.Length > 0)
                return;
            (_trouble, _since) = (message, timeProvider.GetTimestamp());
            events.Add(SandboxEventKind.EngineGone, "", "", () => message);
        }
    }

    private void Answered()
    {
        lock (_gate)
        {
            if (_trouble.Length == 0)
                return;
            _trouble = "";
            var seconds = timeProvider.GetElapsedTime(_since).TotalSeconds;
            events.Add(SandboxEventKind.EngineBack, "", "", () => string.Create(CultureInfo.InvariantCulture, $"it answers again after {seconds:0.#} s"));
        }
    }
}
