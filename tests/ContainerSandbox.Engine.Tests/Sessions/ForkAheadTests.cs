using System.Diagnostics;
using System.Globalization;

namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>A worker forks before its command comes, and nobody can tell but by the clock.</summary>
[Collection(nameof(LocalShellTests))]
public sealed class ForkAheadTests
{
    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_child_waits_for_the_next_command_and_becomes_it(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var worker = await WorkerAsync(rig);
        var child = await ChildAsync(worker);
        var result = await rig.RunAsync("readlink /proc/self");
        Assert.Equal($"{child}\n", result.StandardOutput);
        Assert.NotEqual(child, await ChildAsync(worker));
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_worker_forks_ahead_of_its_first_command_where_it_is_told_to(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        await rig.ArmAsync(new Dictionary<string, string> { ["CLAIM"] = "c" });
        await Task.WhenAll(rig.Sessions.ForkAheadAsync(CancellationToken.None), ShowAsync());
        await ShowAsync();
        Assert.Equal(2, rig.Backend.Sessions.Count);

        async Task ShowAsync() => Assert.Equal("c\n", (await rig.RunAsync("printenv CLAIM")).StandardOutput);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task Variables_that_come_later_are_those_of_the_next_command(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        await rig.ArmAsync(new Dictionary<string, string> { ["CLAIM"] = "first" });
        await WorkerAsync(rig);
        await rig.ArmAsync(new Dictionary<string, string> { ["CLAIM"] = "second" });
        Assert.Equal("second\n", (await rig.RunAsync("printenv CLAIM")).StandardOutput);
        Assert.Equal(2, rig.Backend.Sessions.Count);
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_child_that_somebody_ends_takes_no_command_with_it(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var worker = await WorkerAsync(rig);
        using (var child = Process.GetProcessById(await ChildAsync(worker)))
            child.Kill();
        Assert.Equal((7, "fine\n"), await RunAsync(rig, "echo fine; exit 7"));
        await rig.SettleAsync();
        Assert.Equal((0, ""), await RunAsync(rig, ":"));
    }

    [Theory]
    [ClassData(typeof(Shells))]
    public async Task A_child_that_waits_is_no_process_of_the_agent(string shell)
    {
        await using var rig = await ShellRig.OpenAsync(shell);
        var worker = await WorkerAsync(rig);
        var child = await ChildAsync(worker);
        var group = (await File.ReadAllLinesAsync($"/proc/{worker}/status")).Single(line => line.StartsWith("Gid:", StringComparison.Ordinal)).Split('\t')[1];
        var (_, all) = await rig.Sessions.AskSpareAsync($"__cs_find Gid {group}; echo $__cs_f", CancellationToken.None);
        var (_, others) = await rig.Sessions.AskSpareAsync($"__cs_find Gid {group} '' '1 {group}'; echo $__cs_f", CancellationToken.None);
        Assert.Contains(Number(child), all.Split(' ', '\n'));
        Assert.DoesNotContain(Number(child), others.Split(' ', '\n'));
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(ShellRig rig, string command)
    {
        var result = await rig.RunAsync(command);
        return (result.ExitCode, result.StandardOutput);
    }

    // The shell that ran a command, which forks ahead of the next one.
    private static async Task<int> WorkerAsync(ShellRig rig) =>
        int.Parse((await rig.RunAsync("echo $$")).StandardOutput, CultureInfo.InvariantCulture);

    private static async Task<int> ChildAsync(int worker)
    {
        var children = "";
        await Eventually.TrueAsync(
            () => (children = File.ReadAllText($"/proc/{worker}/task/{worker}/children").Trim()).Length > 0, "it forks ahead");
        return int.Parse(children, CultureInfo.InvariantCulture);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
