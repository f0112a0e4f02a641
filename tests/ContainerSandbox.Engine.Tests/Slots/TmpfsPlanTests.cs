using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Slots;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Slots;

public sealed class TmpfsPlanTests
{
    private const long Megabyte = 1L << 20;
    private static readonly SlotIdentity Identity = new(11, 12, 13, 100, 10);
    private static readonly Gen<long> Memory = Gen.Long[16 * Megabyte, 1L << 42];
    private static readonly Gen<string[]> Volumes = Gen.OneOf(
        "/data", "/data/", "data", "//var//lib", "/var/lib", "/tmp", "/tmp/", "/workspace", "/workspace/.", "/home/agent/", "/home/x/../agent",
        "/dev/shm", "/", "/workspace/inner", "/a", "/b", "/c", "/d", "/e", "/f").Array[0, 12];

    [Fact]
    public void All_together_take_half_of_the_memory() => Gen.Select(Memory, Volumes).Sample((memory, volumes) =>
    {
        var mounts = TmpfsPlan.Mounts(memory, Identity, volumes);
        var sum = mounts.Sum(mount => mount.Size);
        return sum <= memory / 2 && sum > (memory / 2) - (mounts.Count * 4096L) - 16;
    });

    [Fact]
    public void Each_has_room_and_an_inode_for_every_four_KB() => Gen.Select(Memory, Volumes).Sample((memory, volumes) =>
        TmpfsPlan.Mounts(memory, Identity, volumes).All(mount => mount.Size >= 4096 && mount.Inodes == mount.Size / 4096));

    [Fact]
    public void No_place_is_mounted_twice_and_ours_stay_ours() => Gen.Select(Memory, Volumes).Sample((memory, volumes) =>
    {
        var mounts = TmpfsPlan.Mounts(memory, Identity, volumes);
        return mounts.Select(mount => mount.Path).Distinct().Count() == mounts.Count
            && mounts.Take(4).Select(mount => mount.Path).SequenceEqual(["/tmp", "/home/agent", "/workspace", "/dev/shm"])
            && mounts.All(mount => mount.Path == Path.GetFullPath(mount.Path) && mount.Path != "/");
    });

    [Fact]
    public void The_shares_are_those_of_the_design()
    {
        var mounts = TmpfsPlan.Mounts(512 * Megabyte, Identity, []);
        Assert.Equal([32 * Megabyte, 32 * Megabyte, 160 * Megabyte, 32 * Megabyte], mounts.Select(mount => mount.Size));
        Assert.Equal([0x3FF, 0x5F8, 0x5F8, 0x3FF], mounts.Select(mount => mount.Mode));
        Assert.Equal([false, true, true, false], mounts.Select(mount => mount.Executable));
        Assert.Equal([11, 11, 11, 0], mounts.Select(mount => mount.UserId));
        Assert.Equal([13, 13, 13, 0], mounts.Select(mount => mount.GroupId));
    }

    [Fact]
    public void Volumes_of_the_image_share_what_the_workspace_gives()
    {
        TmpfsMount[] mounts = [.. TmpfsPlan.Mounts(512 * Megabyte, Identity, ["/data", "/cache"])];
        Assert.Equal(["/data", "/cache"], mounts[4..].Select(mount => mount.Path));
        Assert.Equal([32 * Megabyte, 32 * Megabyte], mounts[4..].Select(mount => mount.Size));
        Assert.Equal(96 * Megabyte, mounts[2].Size);
        Assert.All(mounts[4..], mount => Assert.False(mount.Executable));
    }

    [Theory]
    [InlineData(512, 512, true)]
    [InlineData(512, 1024, true)]
    [InlineData(512, 342, true)]
    [InlineData(512, 341, false)]
    [InlineData(512, 16, false)]
    public void A_slot_fits_as_long_as_its_file_systems_stay_within_three_quarters(long slot, long claim, bool fits) =>
        Assert.Equal(fits, TmpfsPlan.Fits(slot * Megabyte, claim * Megabyte));

    [Fact]
    public void Fits_says_what_the_mounts_take() => Gen.Select(Memory, Memory, Volumes).Sample((slot, claim, volumes) =>
        !TmpfsPlan.Fits(slot, claim) || TmpfsPlan.Mounts(slot, Identity, volumes).Sum(mount => mount.Size) <= claim / 4 * 3);
}
