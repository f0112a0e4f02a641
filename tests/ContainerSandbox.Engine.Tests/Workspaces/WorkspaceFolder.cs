using ContainerSandbox.Engine.Ownership;
using ContainerSandbox.Engine.Workspaces;
using ContainerSandbox.Engine.Workspaces.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContainerSandbox.Engine.Tests.Workspaces;

/// <summary>A folder of this machine to use as a workspace, removed with all that it holds.</summary>
internal sealed class WorkspaceFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("containersandbox-test-").FullName;

    /// <summary>The sandboxes of this process that have ended.</summary>
    public EndedSandboxes Ended { get; } = new();

    /// <summary>An owner who is gone.</summary>
    public static OwnerIdentity Dead { get; } = OwnerIdentity.Current with { ProcessId = Ownership.Gone.ProcessId };

    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Opens it for a sandbox.</summary>
    public Task<BoundWorkspace> OpenAsync(string sandboxId, OwnerIdentity? owner = null, string? path = null) =>
        new WorkspaceOpening(
            path ?? Path, null, new OwnerRecord(sandboxId, owner ?? OwnerIdentity.Current), Ended, TimeProvider.System, NullLogger.Instance)
            .RunAsync(CancellationToken.None);

    /// <summary>Makes a file with all folders above it.</summary>
    public void Write(string content, params string[] parts)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[parts])!);
        File.WriteAllText(this[parts], content);
    }

    /// <summary>Everything beneath a folder, by path: the content of files, the end of links.</summary>
    public IReadOnlyDictionary<string, string> Tree(params string[] parts)
    {
        var folder = new DirectoryInfo(this[parts]);
        return !folder.Exists ? new Dictionary<string, string>() : folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).ToDictionary(
            entry => System.IO.Path.GetRelativePath(folder.FullName, entry.FullName),
            entry => entry.LinkTarget ?? (entry is FileInfo file ? File.ReadAllText(file.FullName) : "folder"));
    }

    public void Dispose()
    {
        using var parent = Folder.Open(System.IO.Path.GetDirectoryName(Path)!);
        new FolderDeletion(CancellationToken.None).Delete(parent, System.IO.Path.GetFileName(Path));
    }
}
