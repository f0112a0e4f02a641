using ContainerSandbox.Engine.Workspaces;
using ContainerSandbox.Engine.Workspaces.Files;

namespace ContainerSandbox.Engine.Tests.Workspaces;

public sealed class FolderDeletionTests : IDisposable
{
    private readonly WorkspaceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Links_are_deleted_and_what_they_lead_to_stays()
    {
        _folder.Write("precious", "outside", "file");
        _folder.Write("mine", "doomed", "file");
        File.CreateSymbolicLink(_folder["doomed", "link"], _folder["outside"]);
        File.CreateSymbolicLink(_folder["doomed", "up"], "..");

        Delete();

        Assert.Equal(["outside", "outside/file"], _folder.Tree().Keys.Order());
    }

    [Fact]
    public void A_folder_deeper_than_any_path_is_deleted()
    {
        using (var doomed = Make("doomed"))
        {
            var inner = doomed;
            for (var depth = 0; depth < 3000; depth++)
            {
                inner.MakeFolder("d", 0x1C0);
                var next = inner.OpenFolder("d");
                if (inner != doomed)
                    inner.Dispose();
                inner = next;
            }

            inner.Dispose();
        }

        Delete();

        Assert.Empty(_folder.Tree());
    }

    [Fact]
    public void A_folder_without_permissions_is_deleted_by_its_owner()
    {
        _folder.Write("mine", "doomed", "closed", "file");
        using (var closed = Folder.Open(_folder["doomed", "closed"]))
            closed.SetMode(0);

        Delete();

        Assert.Empty(_folder.Tree());
    }

    private Folder Make(string name)
    {
        using var root = Folder.Open(_folder.Path);
        root.MakeFolder(name, 0x1C0);
        return root.OpenFolder(name);
    }

    private void Delete()
    {
        using var root = Folder.Open(_folder.Path);
        new FolderDeletion(CancellationToken.None).Delete(root, "doomed");
    }
}
