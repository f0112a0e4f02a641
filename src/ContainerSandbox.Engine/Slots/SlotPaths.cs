namespace ContainerSandbox.Engine.Slots;

/// <summary>The places inside a container that can be written.</summary>
internal static class SlotPaths
{
    public const string Workspace = "/workspace";
    public const string Home = "/home/agent";
    public const string Temporary = "/tmp";
    public const string SharedMemory = "/dev/shm";
}
