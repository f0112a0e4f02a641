using ContainerSandbox.Engine.Workspaces;
using ContainerSandbox.Engine.Workspaces.Files;

namespace ContainerSandbox.Engine.Tests.Workspaces;

public sealed class FolderTests : IDisposable
{
    private readonly WorkspaceFolder _folder = new();
    private readonly Folder _root;

    public FolderTests() => _root = Folder.Open(_folder.Path);

    public void Dispose()
    {
        _root.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_link_is_neither_entered_nor_read_nor_written()
    {
        _folder.Write("secret", "outside", "file");
        File.CreateSymbolicLink(_folder["folder"], _folder["outside"]);
        File.CreateSymbolicLink(_folder["file"], _folder["outside", "file"]);
        File.CreateSymbolicLink(_folder["new"], _folder["outside", "new"]);

        Assert.Throws<FileCallException>(() => _root.OpenFolder("folder"));
        Assert.Null(_root.Read("file"));
        Assert.Throws<FileCallException>(() => _root.Write("new", "x"u8));
        Assert.Throws<FileCallException>(() => Folder.Open(_folder["folder"]));
        Assert.Equal(["outside/file"], _folder.Tree().Keys.Where(key => key.StartsWith("outside/", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_open_folder_stays_the_same_whatever_takes_its_name()
    {
        _folder.Write("mine", "agent", "file");
        using var agent = _root.OpenFolder("agent");
        Directory.Move(_folder["agent"], _folder["moved"]);
        _folder.Write("other", "agent", "file");

        Assert.Equal("mine"u8.ToArray(), agent.Read("file"));
        Assert.Equal(_folder["moved"], agent.Path);
    }

    [Fact]
    public void A_pipe_in_place_of_a_file_holds_nobody_up()
    {
        using (var made = System.Diagnostics.Process.Start("mkfifo", [_folder["pipe"]]))
            made.WaitForExit();

        Assert.Null(_root.Read("pipe"));
        Assert.Equal(FileKind.Special, _root.Find("pipe")!.Kind);
    }

    [Fact]
    public void Nothing_takes_the_place_of_something_by_moving_to_a_free_name()
    {
        _folder.Write("1", "a");
        _folder.Write("2", "b");

        var failure = Assert.Throws<FileCallException>(() => _root.MoveToFree("a", _root, "b"));

        Assert.Equal(FileCallException.Exists, failure.Number);
        Assert.Equal("2", _folder.Tree()["b"]);
    }

    [Fact]
    public void Files_of_root_are_given_to_the_agent_but_no_file_that_has_a_second_name_and_nothing_that_a_link_leads_to()
    {
        if (!WorkspaceUser.Of(_root.Facts, _folder.Path, null).GivesRootsFiles)
            return;
        _folder.Write("outside", "outside", "file");
        _folder.Write("inner", "agent", "deep", "file");
        File.CreateSymbolicLink(_folder["agent", "link"], _folder["outside"]);
        _folder.Write("shared", "agent", "shared");
        using var agent = _root.OpenFolder("agent");
        agent.Link("shared", "second");

        Assert.True(new RootsFiles(new WorkspaceUser(1234, 1235, true)).Give(agent, 100, CancellationToken.None));

        using var deep = agent.OpenFolder("deep");
        Assert.Equal((1234, 1235), (agent.Facts.UserId, agent.Facts.GroupId));
        Assert.Equal(1234, deep.Find("file")!.UserId);
        Assert.Equal(1234, agent.Find("link")!.UserId);
        Assert.Equal(0, agent.Find("shared")!.UserId);
        using var outside = _root.OpenFolder("outside");
        Assert.Equal((0, 0), (outside.Facts.UserId, outside.Find("file")!.UserId));
    }

    [Fact]
    public void The_agents_user_is_whoever_runs_this_or_the_owner_of_the_folder_for_root()
    {
        var folder = _root.Facts with { UserId = 500, GroupId = 600 };

        Assert.Equal(new WorkspaceUser(501, 601, false), WorkspaceUser.Choose(folder, 501, 601));
        Assert.Equal(new WorkspaceUser(500, 600, true), WorkspaceUser.Choose(folder, 0, 0));
        Assert.Equal(new WorkspaceUser(1000, 1000, true), WorkspaceUser.Choose(folder with { UserId = 0, GroupId = 0 }, 0, 0));
    }
}
