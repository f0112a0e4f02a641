using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Engine.Images;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Images;

/// <summary>What a person sees of an image that is being brought.</summary>
public sealed class PullReportTests
{
    private const long Megabyte = 1024 * 1024;
    private static readonly string[] Words =
        ["Pulling fs layer", "Waiting", "Downloading", "Verifying Checksum", "Download complete", "Extracting", "Pull complete", "Already exists"];

    private readonly FakeObserver _watcher = new();
    private readonly PullReport _report;

    public PullReportTests() => _report = new PullReport("image", _watcher);

    [Fact]
    public void Layers_count_by_their_size_once_fetched_and_once_unpacked()
    {
        Say("", "Pulling from team/image", 0, 0, expected: "Pulling from team/image", -1);
        Say("1.0", "Pulling from team/image", 0, 0, expected: "Pulling from team/image", -1);
        Say("a", "Pulling fs layer", 0, 0, "0 of 1 layers ready", -1);
        Say("b", "Pulling fs layer", 0, 0, "0 of 2 layers ready", -1);
        Say("c", "Already exists", 0, 0, "1 of 3 layers ready", -1);
        Say("a", "Downloading", 1 * Megabyte, 4 * Megabyte, "1 of 3 layers ready, 1.0 of 4.0 MB fetched", 12);
        Say("a", "Download complete", 0, 0, "1 of 3 layers ready, 4.0 of 4.0 MB fetched", 50);
        Say("a", "Extracting", 2 * Megabyte, 4 * Megabyte, "1 of 3 layers ready, 4.0 of 4.0 MB fetched", 75);
        Say("a", "Pull complete", 0, 0, "2 of 3 layers ready, 4.0 of 4.0 MB fetched", 100);
    }

    [Fact]
    public void A_layer_whose_size_is_known_late_does_not_turn_the_bar_back()
    {
        Say("a", "Downloading", Megabyte, Megabyte, "0 of 1 layers ready, 1.0 of 1.0 MB fetched", 50);
        Say("b", "Downloading", 0, 9 * Megabyte, "0 of 2 layers ready, 1.0 of 10.0 MB fetched", 50);
        Say("b", "Extracting", 9 * Megabyte, 9 * Megabyte, "0 of 2 layers ready, 10.0 of 10.0 MB fetched", 95);
    }

    [Fact]
    public void Whatever_the_engine_says_the_bar_only_grows_and_stays_within_its_bounds()
    {
        var said = Gen.Select(Gen.Int[0, 3], Gen.Int[0, Words.Length - 1].Select(word => Words[word]), Gen.Int[-1, 9], Gen.Int[-1, 9]).Array[0, 40];
        said.Sample(messages =>
        {
            var watcher = new FakeObserver();
            var report = new PullReport("x", watcher);
            foreach (var (layer, status, current, total) in messages)
                report.Report(new ImagePullProgress($"{layer}", status, current, total));
            var percents = watcher.Progress.Select(progress => progress.PercentComplete).ToArray();
            return percents.All(percent => percent is >= -1 and <= 100) && percents.SequenceEqual(percents.Order());
        });
    }

    private void Say(string layer, string status, long current, long total, string expected, int percent)
    {
        _report.Report(new ImagePullProgress(layer, status, current, total));
        Assert.Equal(new SandboxProgress("Bringing 'image'", expected, percent), _watcher.Progress.Last());
    }
}
