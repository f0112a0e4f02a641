using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace ContainerSandbox.Presentation.Tests;

/// <summary>What a report shows, and what it never holds.</summary>
public sealed partial class ReportTests
{
    private const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;]]>\u001b[2J\u009b1m\u202Etxt.exe\u0000\u2028\uFFFE\uD800\r\n";

    [Fact]
    public void Page_HasEachPartWithItsFigures()
    {
        var page = ReportPage.Of(ReportSamples.Make());

        Assert.Equal(
            ["summary", "recommendations", "environments", "health", "use", "claims", "pools", "metrics", "trends", "events"],
            page.Elements.Where(element => element.Name == "section").Select(section => section.Attribute("id")!.Value));
        Assert.Equal(["agent-3", "Critical", "memory 60 % of its limit"], page.Rows("environments")[0].Take(3));
        Assert.Equal(("77.5 %", "1.5 ms", "12,345"), (page.Tile("From a pool"), page.Tile("Start-up, warm"), page.Tile("Commands")));
        Assert.Contains("agent-1: 4 warm, 1 cold", page.Section("claims").Value);
        Assert.Contains("Warning from 2026-01-31 11:00:00 to 2026-01-31 11:30:00: memory 91 % of its limit", page.Section("health").Value);
        Assert.Equal(
            ["MemoryLimit", "agent-1", "536870912", "805306368", "its memory was used up", "processes live", "20 samples"], page.Rows("recommendations")[0]);
        Assert.Equal(["agent-1", "Memory", "Rising", "286.1 MB", "57.2 MB", "–", "512 MB", "3.9 h", "6,200"], page.Rows("trends")[0]);
        Assert.Equal(["default", "Filling", "busybox", "3", "5"], page.Rows("pools")[0].Take(5));
    }

    [Fact]
    public void Gaps_BreakTheLine()
    {
        var charts = ReportPage.Of(ReportSamples.Make(agents: 1)).Section("use").Descendants("svg").ToList();

        Assert.Equal(2, charts.Count);
        Assert.All(charts, chart => Assert.Equal(3, chart.Elements("polyline").Count()));
    }

    [Fact]
    public void StringsOfOthers_AreTextAndVisible()
    {
        var plain = ReportPage.Of(ReportSamples.Make());
        var page = ReportPage.Of(ReportSamples.Make(Hostile));

        Assert.Equal(plain.Elements.Select(element => element.Name).Distinct().Order(Names), page.Elements.Select(element => element.Name).Distinct().Order(Names));
        Assert.DoesNotContain(page.Elements, element => element.Name == "script" || element.Name == "img");
        Assert.DoesNotMatch(Invisible(), page.Text);
        Assert.Contains("⟨U+001B⟩[2J⟨U+009B⟩1m⟨U+202E⟩txt.exe⟨U+0000⟩⟨U+2028⟩⟨U+FFFE⟩\uFFFD⟨U+000D⟩⟨U+000A⟩", page.Rows("environments")[0][0]);
        Assert.Contains("<script>", page.Rows("events")[0][3]);
    }

    [Fact]
    public void Page_RunsNothingAndReachesNothing()
    {
        var page = ReportPage.Of(ReportSamples.Make(Hostile));

        Assert.StartsWith("<!DOCTYPE html>\n", page.Text);
        Assert.DoesNotContain(page.Elements, element => element.Name.LocalName is "script" or "link" or "iframe" or "object" or "a" or "form" or "base");
        Assert.DoesNotContain(page.Elements.SelectMany(element => element.Attributes()), attribute =>
            attribute.Name.LocalName is "src" or "href" or "style" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        var policy = page.Elements.Single(element => element.Attribute("http-equiv") is not null).Attribute("content")!.Value;
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy);
        Assert.DoesNotContain("url(", page.Text);
    }

    [Fact]
    public void Page_IsForEverybody()
    {
        var page = ReportPage.Of(ReportSamples.Make());

        Assert.All(page.Elements.Where(element => element.Name == "svg"), chart =>
            Assert.True(chart.Attribute("aria-label")!.Value.Length > 0 && chart.Element("title")!.Value.Length > 0 && chart.Attribute("role")!.Value == "img"));
        Assert.All(page.Elements.Where(element => element.Name == "table"), table => Assert.NotNull(table.Element("caption")));
        Assert.All(page.Elements.Where(element => element.Name == "th"), heading => Assert.NotNull(heading.Attribute("scope")));
        // A browser takes an element that is closed at once for an opened one.
        Assert.DoesNotContain(page.Elements, element => element.IsEmpty && element.Name != "meta");
    }

    [Fact]
    public void Size_IsBounded()
    {
        var page = ReportPage.Of(ReportSamples.Make(new string('x', 2000), agents: 1500));

        Assert.Equal((1000, 200, 24), (page.Rows("environments").Count, page.Rows("events").Count, page.Section("use").Descendants("article").Count()));
        Assert.Contains("1476 more agents are in the tables alone.", page.Section("use").Value);
        Assert.InRange(page.Text.Length, 1, 4 << 20);
    }

    [Fact]
    public void Nothing_IsAPageToo()
    {
        var content = ReportSamples.Make();
        var page = ReportPage.Of(content with
        {
            Agents = [], Environments = [], Metrics = [], Events = [], Pools = [], From = content.CreatedAt,
            Summary = content.Summary with { Claims = 0, WarmClaims = 0, ColdClaims = 0, HitRate = null, AverageWarmStartupTime = null },
        });

        Assert.Contains("No agent has an environment.", page.Section("environments").Value);
        Assert.Equal("–", page.Tile("From a pool"));
    }

    [Fact]
    public void HealthOfYoungAgents_FillsItsChart()
    {
        var content = ReportSamples.Make() with { From = ReportSamples.Now.AddDays(-7) };

        var bands = ReportPage.Of(content).Section("health").Descendants("rect").Select(band => double.Parse(band.Attribute("width")!.Value, CultureInfo.InvariantCulture));

        Assert.Equal(6 * (640 - 150), bands.Sum(), 0.5);
    }

    [Fact]
    public void OneSample_IsADot()
    {
        var content = ReportSamples.Make(agents: 1);
        var agent = content.Agents[0];

        var page = ReportPage.Of(content with { Agents = [agent with { Points = [agent.Points[0] with { MemoryMaximum = 0, CpuMean = 0 }] }] });

        Assert.Equal(2, page.Section("use").Descendants("circle").Count());
        Assert.DoesNotContain("NaN", page.Text);
    }

    [Fact]
    public void Culture_ChangesNothing()
    {
        var before = CultureInfo.CurrentCulture;
        var expected = ReportSamples.Write(ReportSamples.Make());
        try
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NegativeSign = "~" };
            other.DateTimeFormat = new DateTimeFormatInfo { TimeSeparator = "h", DateSeparator = "/" };
            CultureInfo.CurrentCulture = other;
            Assert.Equal(expected, ReportSamples.Write(ReportSamples.Make()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static readonly Comparer<System.Xml.Linq.XName> Names = Comparer<System.Xml.Linq.XName>.Create((one, other) => string.CompareOrdinal(one.LocalName, other.LocalName));

    [GeneratedRegex(@"[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFFFE\uFFFF]")]
    private static partial Regex Invisible();
}
