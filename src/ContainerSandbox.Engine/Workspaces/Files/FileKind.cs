namespace ContainerSandbox.Engine.Workspaces.Files;

/// <summary>What a name in a folder stands for.</summary>
internal enum FileKind
{
    File,
    Folder,
    Link,

    /// <summary>A pipe, a socket or a device.</summary>
    Special,
}
