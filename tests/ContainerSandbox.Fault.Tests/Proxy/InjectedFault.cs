namespace ContainerSandbox.Fault.Tests.Proxy;

/// <summary>A rule at work.</summary>
internal sealed class InjectedFault(FaultRule rule)
{
    private readonly object _gate = new();
    private readonly TaskCompletionSource _hit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _lifted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _matched;

    public FaultRule Rule => rule;

    /// <summary>Ends when the first call got it.</summary>
    public Task Hit => _hit.Task;

    /// <summary>Ends when it does not work any more.</summary>
    public Task Lifted => _lifted.Task;

    /// <summary>Lets every call pass from here on, those that hang too.</summary>
    public void Lift() => _lifted.TrySetResult();

    /// <summary>True when this call gets it.</summary>
    public bool Takes(MessageHead head)
    {
        if (_lifted.Task.IsCompleted || !rule.IsAbout(head))
            return false;
        lock (_gate)
        {
            var number = _matched++ - rule.Skip;
            if (number < 0 || number >= rule.Times)
                return false;
        }

        _hit.TrySetResult();
        return true;
    }
}
