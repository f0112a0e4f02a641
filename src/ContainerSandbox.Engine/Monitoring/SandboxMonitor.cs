namespace ContainerSandbox.Engine.Monitoring;

/// <summary>The monitor of one sandbox: none, or one that runs or ran.</summary>
internal sealed class SandboxMonitor(Func<TimeSpan, MonitorOptions, MonitorRun> make, Action<MonitorRun> begin)
{
    private readonly object _gate = new();
    private MonitorRun? _run;
    private bool _isOver;

    /// <summary>The one that runs, or the last that ran; null before the first.</summary>
    public MonitorRun? Run
    {
        get
        {
            lock (_gate)
                return _run;
        }
    }

    /// <summary>True while one runs.</summary>
    public bool IsRunning => Run is { Ended.IsCompleted: false };

    /// <summary>Begins to watch; one that runs goes on as it is.</summary>
    /// <returns>Null when the sandbox ends.</returns>
    public MonitorRun? Start(TimeSpan interval, MonitorOptions options)
    {
        lock (_gate)
        {
            if (_isOver)
                return null;
            if (_run is { Ended.IsCompleted: false })
                return _run;
            _run?.Dispose();
            _run = make(interval, options);
            begin(_run);
            return _run;
        }
    }

    /// <summary>Ends it.</summary>
    public Task StopAsync() => Run?.StopAsync() ?? Task.CompletedTask;

    /// <summary>Ends it for good.</summary>
    public Task EndAsync()
    {
        lock (_gate)
            _isOver = true;
        return StopAsync();
    }
}
