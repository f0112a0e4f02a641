namespace ContainerSandbox.Engine.Tests.Model;

/// <summary>Keeps work until it is told to run a piece of it: one thread, and an order that can be repeated.</summary>
internal sealed class StepScheduler
{
    private readonly List<Action> _waiting = [];

    /// <summary>Runs something in which all that was awaited goes on where it ends. With a context to return to it would go elsewhere.</summary>
    public static void OnOneThread(Action run)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public int Waiting => _waiting.Count;

    /// <summary>Takes a piece of work as the thread pool would.</summary>
    public Task Run(Func<Task> work)
    {
        var ended = new TaskCompletionSource<Task>();
        _waiting.Add(() => ended.SetResult(work()));
        return ended.Task.Unwrap();
    }

    /// <summary>Runs one piece until it waits for something.</summary>
    public void Step(int which)
    {
        if (_waiting.Count == 0)
            return;
        var next = _waiting[which % _waiting.Count];
        _waiting.Remove(next);
        next();
    }
}
