using System.Collections;
using System.Globalization;
using ContainerSandbox.Parameters;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>The readers of values, without PowerShell.</summary>
public sealed class ParserTests
{
    private static readonly (string Suffix, long Factor)[] Units =
    [
        ("", 1), ("b", 1), ("k", 1L << 10), ("KB", 1L << 10), ("KiB", 1L << 10), ("m", 1L << 20), ("mb", 1L << 20), ("MiB", 1L << 20),
        ("g", 1L << 30), ("GB", 1L << 30), ("gib", 1L << 30), ("T", 1L << 40), ("tb", 1L << 40), ("TiB", 1L << 40),
    ];

    [Fact]
    public void Size_OfAnyNumberAndUnit_IsTheirProduct()
    {
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var (suffix, factor) = Units[random.Next(Units.Length)];
            var quarters = random.Next(4, 1_000_000);
            var text = (quarters / 4m).ToString(CultureInfo.InvariantCulture) + (random.Next(2) == 0 ? " " : "") + suffix;

            Assert.True(ByteSize.TryRead(text, out var bytes), text);
            Assert.Equal((long)(quarters / 4m * factor), bytes);
        }
    }

    [Fact]
    public void Size_WrittenBackAndRead_IsTheSame()
    {
        var random = new Random(2);
        for (var round = 0; round < 2000; round++)
        {
            var size = random.NextInt64(1, long.MaxValue);

            Assert.True(ByteSize.TryRead(size, out var fromNumber));
            Assert.True(ByteSize.TryRead(size.ToString(CultureInfo.InvariantCulture), out var fromText));
            Assert.Equal((size, size), (fromNumber, fromText));
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0MB")]
    [InlineData("0.1b")]
    [InlineData("-1")]
    [InlineData("-512MB")]
    [InlineData("+1")]
    [InlineData("MB")]
    [InlineData("1XB")]
    [InlineData("1 2MB")]
    [InlineData("1,5GB")]
    [InlineData("1..5GB")]
    [InlineData(".")]
    [InlineData("1e9")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("unlimited")]
    [InlineData("9999999TB")]
    [InlineData("99999999999999999999999999999999999999999")]
    [InlineData("٥MB")]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(true)]
    public void Size_OfNonsense_IsRefused(object value) => Assert.False(ByteSize.TryRead(value, out _));

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("500m", 0.5)]
    [InlineData("1.5", 1.5)]
    [InlineData("2", 2)]
    [InlineData(2, 2)]
    [InlineData(0.25, 0.25)]
    [InlineData("1m", 0.001)]
    public void Cpu_InEachForm_IsRead(object value, double expected)
    {
        Assert.True(CpuCount.TryRead(value, out var cores));
        Assert.Equal(expected, cores, 12);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0m")]
    [InlineData("-1")]
    [InlineData("500M")]
    [InlineData("50%")]
    [InlineData("half")]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void Cpu_OfNonsense_IsRefused(object value) => Assert.False(CpuCount.TryRead(value, out _));

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("5m", 300_000)]
    [InlineData("5min", 300_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("7d", 604_800_000)]
    [InlineData("00:05:00", 300_000)]
    [InlineData("7", 7_000)]
    [InlineData(7, 7_000)]
    [InlineData(0.25, 250)]
    [InlineData("0", 0)]
    public void Duration_InEachForm_IsRead(object value, double milliseconds)
    {
        Assert.True(Duration.TryRead(value, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("-00:05:00")]
    [InlineData("5x")]
    [InlineData("5 m 3 s")]
    [InlineData("soon")]
    [InlineData("1000000h")]
    [InlineData("99999999999999999999999999999h")]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(1e17)]
    public void Duration_OfNonsense_IsRefused(object value) => Assert.False(Duration.TryRead(value, out _));

    [Fact]
    public void Duration_ThatIsTooLongForTimers_IsRefused() => Assert.False(Duration.TryRead(TimeSpan.MaxValue, out _));

    [Fact]
    public void Map_OfText_KeepsValuesExactly()
    {
        Assert.True(NameValueMap.TryRead(" A =1; b=x=y ;EMPTY=;", out var map));

        Assert.Equal(new Dictionary<string, string> { ["A"] = "1", ["b"] = "x=y ", ["EMPTY"] = "" }, map);
    }

    [Fact]
    public void Map_OfDictionary_WritesValuesInvariantly()
    {
        Assert.True(NameValueMap.TryRead(new Hashtable { ["n"] = 1.5, ["e"] = null }, out var map));

        Assert.Equal(new Dictionary<string, string> { ["n"] = "1.5", ["e"] = "" }, map);
    }

    [Theory]
    [InlineData("novalue")]
    [InlineData("=value")]
    [InlineData("a=1;b")]
    [InlineData("a=1;a=2")]
    [InlineData(5)]
    public void Map_OfNonsense_IsRefused(object value) => Assert.False(NameValueMap.TryRead(value, out _));
}
