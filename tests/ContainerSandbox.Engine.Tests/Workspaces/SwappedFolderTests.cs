using ContainerSandbox.Engine.Workspaces;
using ContainerSandbox.Engine.Workspaces.Files;

namespace ContainerSandbox.Engine.Tests.Workspaces;

/// <summary>An agent that puts a link in place of a folder, and back, all the time.</summary>
public sealed class SwappedFolderTests : IDisposable
{
    private readonly WorkspaceFolder _folder = new();

    public SwappedFolderTests()
    {
        for (var i = 0; i < 20; i++)
            _folder.Write($"{i}", "outside", "deep", $"file{i}");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_link_leads_to_is_neither_deleted_nor_given_away_whatever_is_swapped()
    {
        using var outside = Folder.Open(_folder["outside"]);
        var before = (_folder.Tree("outside"), outside.Facts, outside.Find("deep"));
        using var root = Folder.Open(_folder.Path);
        for (var round = 0; round < 40; round++)
        {
            _folder.Write("", "agent", "x", "deep", "file");
            File.CreateSymbolicLink(_folder["agent", "y"], _folder["outside"]);
            using var stopping = new CancellationTokenSource();
            var swapping = Task.Factory.StartNew(
                () => Swap(_folder["agent"], stopping.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Try(() => Give(root));
            Try(() => new FolderDeletion(CancellationToken.None).Delete(root, "agent"));
            await stopping.CancelAsync();
            await swapping;
            Try(() => new FolderDeletion(CancellationToken.None).Delete(root, "agent"));
            Assert.False(Directory.Exists(_folder["agent"]));
        }

        Assert.Equal(before.Item1, _folder.Tree("outside"));
        Assert.Equal((before.Facts.UserId, before.Item3!.UserId), (outside.Facts.UserId, outside.Find("deep")!.UserId));
    }

    // Some user that is not the one who runs this: where that is not root, giving is refused, and nothing changes either.
    private static void Give(Folder root)
    {
        using var agent = root.OpenFolder("agent");
        new RootsFiles(new WorkspaceUser(1234, 1234, true)).Give(agent, int.MaxValue, CancellationToken.None);
    }

    private static void Try(Action work)
    {
        try
        {
            work();
        }
        catch (IOException)
        {
            // It found something else than a moment before, and said so.
            return;
        }
    }

    private static void Swap(string agent, CancellationToken cancellationToken)
    {
        using var folder = Folder.Open(agent);
        while (!cancellationToken.IsCancellationRequested)
        {
            Try(() => folder.Move("x", folder, "z"));
            Try(() => folder.Move("y", folder, "x"));
            Try(() => folder.Move("z", folder, "y"));
        }
    }
}
