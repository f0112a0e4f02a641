using ContainerSandbox.Engine.Workspaces;
using ContainerSandbox.Engine.Workspaces.Files;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Workspaces;

public sealed class AdoptionCrashTests
{
    private const string Slot = "cs-0123abcd-0001";

    private static readonly Gen<int> EntryCounts = Gen.Int[0, 12];

    [Fact]
    public Task An_owner_that_ends_at_whatever_step_of_an_adoption_loses_no_file() =>
        Gen.Select(EntryCounts, Gen.Int[0, 30]).SampleAsync(drawn => StopAndRecoverAsync(drawn.Item1, drawn.Item2), iter: 150, threads: 1);

    [Fact]
    public Task A_recovery_that_is_broken_off_is_begun_again_wherever_it_was() =>
        Gen.Select(EntryCounts, Gen.Int[0, 12], Gen.Bool).SampleAsync(
            drawn => RecoverHalfAsync(drawn.Item1, drawn.Item2, drawn.Item3), iter: 100, threads: 1);

    [Fact]
    public async Task Steps_of_an_adoption_are_those_that_are_written_down()
    {
        using var folder = new WorkspaceFolder();
        folder.Write("1", "planner", "a");
        folder.Write("2", "planner", "b", "c");
        var steps = new List<AdoptionStep>();
        using (var workspace = await folder.OpenAsync("0123abcd"))
        {
            workspace.MakeSlotFolder(Slot);
            Assert.Null(Adopt(folder, workspace.User, steps.Add));
        }

        Assert.Equal(
            [AdoptionStep.Journal, AdoptionStep.Move, AdoptionStep.Move, AdoptionStep.SetMode, AdoptionStep.Swap, AdoptionStep.Finish], steps);
    }

    private static async Task StopAndRecoverAsync(int entries, int stopAt)
    {
        using var folder = new WorkspaceFolder();
        Fill(folder, entries);
        var before = folder.Tree("planner");
        using (var workspace = await folder.OpenAsync("0123abcd", WorkspaceFolder.Dead))
        {
            workspace.MakeSlotFolder(Slot);
            var step = 0;
            try
            {
                Adopt(folder, workspace.User, _ =>
                {
                    if (step++ == stopAt)
                        throw new OwnerStoppedException();
                });
            }
            catch (OwnerStoppedException)
            {
                // What a process leaves that ends here.
            }
        }

        await RecoverAsync(folder);
        Assert.Equal(before, folder.Tree("planner"));
    }

    private static async Task RecoverHalfAsync(int entries, int inSlot, bool hasFolder)
    {
        using var folder = new WorkspaceFolder();
        Fill(folder, entries);
        Directory.CreateDirectory(folder["planner"]);
        var before = folder.Tree("planner");
        using (var workspace = await folder.OpenAsync("0123abcd", WorkspaceFolder.Dead))
        {
            workspace.MakeSlotFolder(Slot);
            File.WriteAllText(folder[".slots", WorkspaceNames.Move(Slot, "planner")], "");
            foreach (var entry in new DirectoryInfo(folder["planner"]).GetFileSystemInfos().Take(hasFolder ? inSlot : int.MaxValue))
                Directory.Move(entry.FullName, folder[".slots", Slot, entry.Name]);
            if (!hasFolder)
                Directory.Delete(folder["planner"]);
        }

        await RecoverAsync(folder);
        Assert.Equal(before, folder.Tree("planner"));
    }

    private static async Task RecoverAsync(WorkspaceFolder folder)
    {
        using var next = await folder.OpenAsync("89abcdef");
        Assert.Equal([WorkspaceNames.Owner("89abcdef")], folder.Tree(".slots").Keys);
    }

    private static string? Adopt(WorkspaceFolder folder, WorkspaceUser user, Action<AdoptionStep> reached)
    {
        using var root = Folder.Open(folder.Path);
        using var slots = root.OpenFolder(WorkspaceNames.Slots);
        return new WorkspaceAdoption(root, slots, user, reached).Run(Slot, "planner");
    }

    // Of everything something: files, folders that hold others, links that lead nowhere or out.
    private static void Fill(WorkspaceFolder folder, int entries)
    {
        for (var i = 0; i < entries; i++)
        {
            if (i % 3 == 0)
                folder.Write($"content {i}", "planner", $"file {i}");
            else if (i % 3 == 1)
                folder.Write($"inner {i}", "planner", $".folder{i}", "deep", "file");
            else
                File.CreateSymbolicLink(folder["planner", $"link{i}"], i % 2 == 0 ? "/etc/passwd" : "nowhere");
        }
    }

    private sealed class OwnerStoppedException : Exception;
}
