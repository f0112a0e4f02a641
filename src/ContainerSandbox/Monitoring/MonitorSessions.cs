namespace ContainerSandbox.Monitoring;

/// <summary>The sessions of the monitors of this process, by sandbox.</summary>
internal static class MonitorSessions
{
    private static readonly object Gate = new();
    private static readonly Dictionary<string, MonitorSession> Sessions = [];

    /// <summary>Gives the monitor that runs its session, if it has none.</summary>
    public static void Attach(EngineSandbox sandbox)
    {
        lock (Gate)
        {
            if (!Sessions.ContainsKey(sandbox.Id))
                Sessions[sandbox.Id] = MonitorSession.Begin(sandbox, session => Forget(sandbox.Id, session));
        }
    }

    private static void Forget(string sandboxId, MonitorSession session)
    {
        lock (Gate)
        {
            if (Sessions.GetValueOrDefault(sandboxId) == session)
                Sessions.Remove(sandboxId);
        }
    }
}
