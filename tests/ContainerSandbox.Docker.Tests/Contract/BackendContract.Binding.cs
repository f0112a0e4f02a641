using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Docker.Tests.Contract;

public abstract partial class BackendContract
{
    [Fact]
    public async Task A_bound_folder_is_the_machines_own_and_follows_it_when_it_is_renamed()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"containersandbox-test-{_test}"));
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "here"), "from here");
            await using var lease = await Backend.StartContainerAsync(await BoundAsync(folder.FullName), None);
            Assert.Equal("from here", await OutputAsync(lease, "cat /workspace/here"));

            folder.MoveTo(folder.FullName + "-renamed");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "later"), "still here");

            Assert.Equal("still here", await OutputAsync(lease, "cat /workspace/later"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_folder_that_the_engine_does_not_have_is_named_and_not_made()
    {
        var path = Path.Combine(Path.GetTempPath(), $"containersandbox-test-{_test}");

        var failure = await Assert.ThrowsAsync<SandboxException>(async () => await Backend.StartContainerAsync(await BoundAsync(path), None));

        Assert.Equal((SandboxErrorId.WorkspaceNotShared, path), (failure.ErrorId, failure.Target));
        Assert.False(Directory.Exists(path));
        await GoneAsync(TimeSpan.FromSeconds(2));
    }

    private async Task<ContainerSpec> BoundAsync(string folder)
    {
        var spec = await SpecAsync();
        return spec with
        {
            TmpfsMounts = [.. spec.TmpfsMounts.Where(mount => mount.Path != "/workspace")],
            BindMounts = [new BindMount(folder, "/workspace")],
        };
    }
}
