namespace ContainerSandbox.Engine.Events;

/// <summary>Texts of causes.</summary>
internal static class Causes
{
    /// <summary>What went wrong. Without the exception itself, which may hold on to much, such as a whole command.</summary>
    public static Func<string> Of(Exception exception)
    {
        var (id, message) = ((exception as SandboxException)?.ErrorId ?? exception.GetType().Name, exception.Message);
        return () => $"{id}: {message}";
    }
}
