namespace ContainerSandbox.Docker.Tests.Contract;

public abstract partial class BackendContract
{
    [Fact]
    public async Task What_a_container_uses_is_counted()
    {
        await using var lease = await StartAsync();
        await OutputAsync(lease, "head -c 3145728 /dev/zero >/workspace/held; for i in 1 2; do sleep 300 </dev/null >/dev/null 2>&1 & done");

        var reading = await Backend.ReadStatisticsAsync(lease.ContainerId, None);

        Assert.InRange(reading.MemoryUsage!.Value, 3 * Megabyte, 40 * Megabyte);
        Assert.InRange(reading.ProcessCount!.Value, 4, 10);
        Assert.True(reading.CpuTime > TimeSpan.Zero);
        Assert.Equal(0, reading.NetworkReceivedBytes ?? 0);
        var again = await Backend.ReadStatisticsAsync(lease.ContainerId, None);
        Assert.True(again.CpuTime >= reading.CpuTime);
    }

    [Fact]
    public async Task The_main_process_of_a_container_has_a_number()
    {
        await using var lease = await StartAsync();

        Assert.True(await Backend.GetProcessIdAsync(lease.ContainerId, None) > 1);

        await Backend.RemoveContainerAsync(lease.ContainerId, None);
        await GoneAsync(TimeSpan.FromSeconds(5));
        foreach (var asked in new Func<Task>[]
        {
            () => Backend.GetProcessIdAsync(lease.ContainerId, None),
            () => Backend.ReadStatisticsAsync(lease.ContainerId, None),
        })
        {
            Assert.Equal(SandboxErrorId.ContainerNotFound, (await Assert.ThrowsAsync<SandboxException>(asked)).ErrorId);
        }
    }
}
