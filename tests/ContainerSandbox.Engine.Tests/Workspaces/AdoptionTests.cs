using ContainerSandbox.Engine.Workspaces;
using ContainerSandbox.Engine.Workspaces.Files;

namespace ContainerSandbox.Engine.Tests.Workspaces;

public sealed class AdoptionTests : IDisposable
{
    private const string Slot = "cs-0123abcd-0001";

    private readonly WorkspaceFolder _folder = new();
    private readonly Folder _root;
    private readonly Folder _slots;
    private readonly WorkspaceUser _user;

    public AdoptionTests()
    {
        Directory.CreateDirectory(_folder[".slots", Slot]);
        _root = Folder.Open(_folder.Path);
        _slots = _root.OpenFolder(".slots");
        _user = WorkspaceUser.Of(_root.Facts, _folder.Path, null);
    }

    private WorkspaceAdoption Adoption => new(_root, _slots, _user);

    public void Dispose()
    {
        _slots.Dispose();
        _root.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_agent_without_a_folder_gets_that_of_the_slot()
    {
        var identity = _slots.Find(Slot)!.Identity;

        Assert.Null(Adoption.WhyNot("planner"));
        Assert.Null(Adoption.Run(Slot, "planner"));

        Assert.Equal(identity, _root.Find("planner")!.Identity);
        Assert.Empty(_folder.Tree(".slots"));
    }

    [Fact]
    public void A_prepared_folder_moves_into_that_of_the_slot_and_keeps_its_mode()
    {
        var identity = _slots.Find(Slot)!.Identity;
        _folder.Write("data", "planner", "deep", "file");
        using (var planner = _root.OpenFolder("planner"))
            planner.SetMode(0x1C1);

        Assert.Null(Adoption.Run(Slot, "planner"));

        Assert.Equal(identity, _root.Find("planner")!.Identity);
        Assert.Equal(0x1C1u, _root.Find("planner")!.Mode);
        Assert.Equal("data", _folder.Tree("planner")["deep/file"]);
        Assert.Empty(_folder.Tree(".slots"));
    }

    [Fact]
    public void Names_that_are_no_text_move_too()
    {
        Directory.CreateDirectory(_folder["planner"]);
        var name = FileName.From([0xFF, 0x0A, 0x2D, 0x80]);
        using (var planner = _root.OpenFolder("planner"))
            planner.Write(name, "bytes"u8);

        Assert.Null(Adoption.Run(Slot, "planner"));

        using var adopted = _root.OpenFolder("planner");
        Assert.Equal("bytes"u8.ToArray(), adopted.Read(name));
    }

    [Fact]
    public void What_somebody_writes_meanwhile_is_kept_and_the_adoption_reversed()
    {
        _folder.Write("1", "planner", "a");
        _folder.Write("2", "planner", "b");
        var adoption = new WorkspaceAdoption(_root, _slots, _user, step =>
        {
            if (step == AdoptionStep.Swap)
                _folder.Write("3", "planner", "late");
        });

        Assert.NotNull(adoption.Run(Slot, "planner"));

        Assert.Equal(["1", "2", "3"], _folder.Tree("planner").Values.Order());
        Assert.Equal([Slot], _folder.Tree(".slots").Keys);
    }

    [Fact]
    public void An_entry_that_cannot_be_moved_back_is_said_to_be_and_kept_with_its_journal()
    {
        _folder.Write("old", "planner", "a");
        var adoption = new WorkspaceAdoption(_root, _slots, _user, step =>
        {
            if (step == AdoptionStep.Swap)
                _folder.Write("new", "planner", "a");
        });

        var failure = Assert.Throws<SandboxException>(() => adoption.Run(Slot, "planner"));

        Assert.Contains($".slots/{Slot}", failure.Message, StringComparison.Ordinal);
        Assert.Equal("new", _folder.Tree("planner")["a"]);
        Assert.Equal("old", _folder.Tree(".slots")[$"{Slot}/a"]);
        Assert.Contains(WorkspaceNames.Move(Slot, "planner"), _folder.Tree(".slots").Keys);
    }

    [Fact]
    public void A_folder_with_more_entries_than_can_be_moved_in_time_is_refused_before_anything_moves()
    {
        Directory.CreateDirectory(_folder["planner"]);
        for (var i = 0; i <= WorkspaceAdoption.MostEntries; i++)
            File.WriteAllText(_folder["planner", $"{i}"], "");

        Assert.Contains("entries", Adoption.WhyNot("planner"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_a_mount_point_in_it_is_refused()
    {
        string[] table =
        [
            "36 35 98:0 / /work/planner\\040x rw - ext4 /dev/a rw",
            "37 35 98:0 / /work/coder/deep/inside rw - ext4 /dev/b rw",
        ];

        Assert.Null(MountPoints.In("/work/planner", table));
        Assert.Equal("/work/planner x", MountPoints.In("/work/planner x", table));
        Assert.Equal("/work/coder/deep/inside", MountPoints.In("/work/coder", table));
    }

    [Fact]
    public void A_mount_point_of_this_machine_is_seen()
    {
        using var top = Folder.Open("/");

        Assert.Contains("mounted at '/dev", new WorkspaceAdoption(top, _slots, _user).WhyNot("dev"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_or_a_link_in_place_of_the_folder_is_no_workspace(bool isLink)
    {
        if (isLink)
            File.CreateSymbolicLink(_folder["planner"], "/etc");
        else
            File.WriteAllText(_folder["planner"], "");

        var failure = Assert.Throws<SandboxException>(() => Adoption.WhyNot("planner"));

        Assert.Equal((SandboxErrorId.InvalidWorkspace, "planner"), (failure.ErrorId, failure.Target));
        Assert.NotNull(Adoption.Run(Slot, "planner"));
        Assert.Equal([Slot], _folder.Tree(".slots").Keys);
    }
}
