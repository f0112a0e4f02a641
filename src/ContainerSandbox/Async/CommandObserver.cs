using System.Management.Automation;

namespace ContainerSandbox.Async;

/// <summary>
/// Collects what the engine says during one cmdlet, until the pipeline thread writes it. Bounded, and deaf once the cmdlet ended. Of the
/// progress of an activity only the newest is kept, so that the pace of writing is the pipeline thread's.
/// </summary>
internal sealed class CommandObserver : ISandboxObserver
{
    private const int MaximumMessages = 1000;

    private readonly object _gate = new();
    private readonly List<string> _activities = [];
    private Queue<(SandboxLogLevel Level, string Text)>? _messages;
    private Dictionary<string, SandboxProgress>? _progress;
    private int _dropped;
    private bool _closed;

    public void Log(SandboxLogLevel level, string message)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _messages ??= new();
            if (_messages.Count < MaximumMessages)
                _messages.Enqueue((level, message));
            else
                _dropped++;
        }
    }

    public void Report(SandboxProgress progress)
    {
        lock (_gate)
        {
            if (!_closed)
                (_progress ??= [])[progress.Activity] = progress;
        }
    }

    public void Close()
    {
        lock (_gate)
            _closed = true;
    }

    /// <summary>Writes what was collected. On the pipeline thread only.</summary>
    public void Flush(Cmdlet cmdlet)
    {
        Queue<(SandboxLogLevel Level, string Text)>? messages;
        Dictionary<string, SandboxProgress>? progress;
        int dropped;
        lock (_gate)
        {
            (messages, _messages) = (_messages, null);
            (progress, _progress) = (_progress, null);
            (dropped, _dropped) = (_dropped, 0);
        }

        foreach (var (level, text) in messages ?? [])
            Write(cmdlet, level, text);
        if (dropped > 0)
            cmdlet.WriteVerbose($"{dropped} more messages came too fast to be shown.");
        foreach (var state in progress?.Values ?? Enumerable.Empty<SandboxProgress>())
            cmdlet.WriteProgress(Record(state));
    }

    /// <summary>Ends every activity that was shown. On the pipeline thread only.</summary>
    public void CompleteProgress(Cmdlet cmdlet)
    {
        for (var id = 0; id < _activities.Count; id++)
            cmdlet.WriteProgress(new ProgressRecord(id, _activities[id], "Done") { RecordType = ProgressRecordType.Completed });
        _activities.Clear();
    }

    private static void Write(Cmdlet cmdlet, SandboxLogLevel level, string text)
    {
        if (level == SandboxLogLevel.Warning)
            cmdlet.WriteWarning(text);
        else if (level == SandboxLogLevel.Information)
            cmdlet.WriteVerbose(text);
        else
            cmdlet.WriteDebug(text);
    }

    private ProgressRecord Record(SandboxProgress progress)
    {
        var id = _activities.IndexOf(progress.Activity);
        if (id < 0)
        {
            id = _activities.Count;
            _activities.Add(progress.Activity);
        }

        return new ProgressRecord(id, progress.Activity, progress.Status) { PercentComplete = Math.Clamp(progress.PercentComplete, -1, 100) };
    }
}
