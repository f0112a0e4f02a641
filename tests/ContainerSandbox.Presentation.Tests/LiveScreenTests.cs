using System.Text.RegularExpressions;
using ContainerSandbox.Presentation.Live;
using CsCheck;
using Spectre.Console;
using Xunit;

namespace ContainerSandbox.Presentation.Tests;

/// <summary>What the live view draws.</summary>
public sealed partial class LiveScreenTests
{
    private const string Hostile = "[red]x[/] \u001b[2J\u009b1m\u202Etxt.exe\u0007\u0000\u2028\uD800\r\n";

    private static readonly Gen<string> AnyText = Gen.OneOf(Gen.String, Gen.String[Gen.Char[' ', '~'], 0, 80], Gen.String[Gen.Char['\u3000', '\u9fff'], 0, 80], Gen.Const(Hostile));

    [Fact]
    public void WideScreen_HasAllColumnsWithTheirFigures()
    {
        var lines = LiveSamples.Lines(LiveSamples.Make());

        Assert.StartsWith("Sandbox night  Ready  12:00:00 UTC  no monitor: sampled from here  agents 6  ready 3/5  hit rate 77.5 %", string.Join("  ", lines.Take(2)));
        Assert.Equal(
            ["Agent", "Health▼", "Memory", "CPU", "Memory", "CPU", "State", "Procs", "Source", "Specialization"],
            Heading(lines).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var worst = lines[lines.ToList().IndexOf(Heading(lines)) + 1];
        Assert.StartsWith("agent-3 ", worst);
        Assert.Matches(@"Critical +299 MB +[0-9.]+ % ▅.* Running +3 Warm +default", worst);
        Assert.Contains(lines, line => line.StartsWith("Newest events", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("10:20:00 Claimed agent-1: warm in 1.5 ms", StringComparison.Ordinal));
        Assert.StartsWith("s sort: Health  f health: all  space freeze  q quit", lines[^1]);
    }

    [Theory]
    [InlineData(80, "Agent Health▼ Memory CPU Memory CPU State Procs")]
    [InlineData(40, "Agent Health▼ Memory CPU")]
    public void NarrowScreen_KeepsWhatMattersMost(int width, string columns)
    {
        var lines = LiveSamples.Lines(LiveSamples.Make(), width);

        Assert.Equal(columns, string.Join(' ', Heading(lines).Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(6, lines.Count(line => line.StartsWith("agent-", StringComparison.Ordinal)));
    }

    [Fact]
    public void Colour_IsInHealthAndStateAlone_AndOnlyWhenWanted()
    {
        var content = LiveSamples.Make();

        var coloured = Colour().Matches(string.Join('\n', LiveSamples.Styled(content, 80, hasColor: true))).Select(match => match.Groups[1].Value).Distinct();
        Assert.Equal(["Ready", "no monitor: sampled from here", "Critical", "Warning", "Healthy"], coloured);
        Assert.DoesNotMatch(Colour(), string.Join('\n', LiveSamples.Styled(content, 80)));
        Assert.Equal(LiveSamples.Lines(content, 80), LiveSamples.Lines(content, 80, hasColor: true));
    }

    [Fact]
    public void StringsOfOthers_AreVisibleAndNoMarkup()
    {
        var content = LiveSamples.Make(Hostile) with { DegradedPools = Hostile, Problem = Hostile };

        var screen = string.Join('\n', LiveSamples.Lines(content, 200));

        Assert.DoesNotMatch(@"[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uD800]", screen);
        Assert.Contains("[red]x[/] ⟨U+001B⟩[2J⟨U+009B⟩1m⟨U+202E⟩txt.exe", screen);
    }

    [Fact]
    public void ManyAgents_AreBoundedByTheHeight_AndTheRestIsCounted()
    {
        var lines = LiveSamples.Lines(LiveSamples.Make(agents: 500), 80, 24);

        Assert.Equal(24, lines.Count);
        var shown = lines.Count(line => line.StartsWith("agent-", StringComparison.Ordinal));
        Assert.InRange(shown, 8, 20);
        Assert.Contains(lines, line => line.TrimEnd() == $"{500 - shown} more");
        Assert.Contains(lines, line => line.StartsWith("Newest events", StringComparison.Ordinal));
    }

    [Fact]
    public void Gaps_AreSpaces_AndTheNewestIsAtTheRight()
    {
        var point = LiveSamples.Make().Agents[0].Recent[^1] with { MemoryMaximum = 512 << 20 };
        var line = Sparkline.Draw(
            [point with { Timestamp = ReportSamples.Now.AddSeconds(-35), MemoryMaximum = 0 }, point with { Timestamp = ReportSamples.Now.AddSeconds(-15), MemoryMaximum = null }, point with { Timestamp = ReportSamples.Now.AddSeconds(-5) }],
            each => each.MemoryMaximum, 512 << 20, ReportSamples.Now, TimeSpan.FromSeconds(10), 6, true);

        Assert.Equal("  ▁  █", line);
    }

    [Fact]
    public void WithoutUnicode_UseIsDrawnInAscii()
    {
        var lines = LiveSamples.Lines(LiveSamples.Make(), isUnicode: false);

        Assert.DoesNotContain(lines, line => line.Any(character => character is >= '▁' and <= '█' or '▼'));
        Assert.Contains("Health*", Heading(lines));
    }

    [Fact]
    public void NothingDrawn_IsWiderOrHigherThanTheScreen() => Gen.Select(AnyText, Gen.Int[1, 200], Gen.Int[1, 60], Gen.Int[0, 40], Gen.Int[0, 20], Gen.Int[0, 7]).Sample(
        (text, width, height, agents, events, sort) =>
        {
            var content = LiveSamples.Make(text, agents, events);
            var lines = LiveSamples.Lines(content, width, height, new ViewState { Sort = (SortColumn)sort, IsFrozen = events % 2 == 0 });
            Assert.All(lines, line => Assert.InRange(line.GetCellWidth(), 0, width));
            var frame = Frame.Draw(LiveScreen.Make(content, new ViewState(), new ScreenSize(width, height), true), new ScreenSize(width, height), hasColor: true);
            Assert.InRange(frame.Split("\u001b[2K").Length - 1, 1, height);
        },
        iter: 300);

    private static string Heading(IReadOnlyList<string> lines) => lines.First(line => line.StartsWith("Agent ", StringComparison.Ordinal));

    [GeneratedRegex(@"\u001b\[(?:[0-9;]*;)?[39][0-9]m([^\u001b]*)")]
    private static partial Regex Colour();
}
