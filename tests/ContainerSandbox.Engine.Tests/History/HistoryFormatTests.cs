using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.History;

/// <summary>
/// Points lose nothing as JSON, nor as text cell by cell, which is what Export-Csv writes under the invariant culture. Those cmdlets are not everywhere
/// where the tests run; so this does as they do: a property a field, and its value's own text a cell.
/// </summary>
public sealed class HistoryFormatTests
{
    private static readonly Gen<ResourceHistoryPoint> Points = Gen.Select(
        Gen.Long[0, 253402300799999], Gen.Long[0, long.MaxValue].Nullable(), Gen.Int[0, int.MaxValue].Nullable(), Gen.Long[0, 1L << 60].Nullable(),
        Gen.String[Gen.Char[' ', '~'], 0, 20]).Select((wall, count, number, ticks, reason) => new ResourceHistoryPoint
        {
            AgentId = "agent",
            SandboxId = "0123abcd",
            EnvironmentId = "1",
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(wall),
            Resolution = TimeSpan.FromSeconds(10),
            Samples = number ?? 0,
            Gaps = 1,
            MemoryMinimum = count / 2,
            MemoryMean = count,
            MemoryMaximum = count,
            CpuMinimum = number / 1000.0,
            CpuMean = number / 1000.0,
            ProcessMaximum = number,
            ProcessMean = number / 100.0,
            ThrottledTime = ticks is { } some ? TimeSpan.FromTicks(some) : null,
            NetworkSentBytes = count,
            GapReason = reason,
        });

    [Fact]
    public void Json_loses_nothing() => Points.Sample(point =>
        Assert.Equal(point, JsonSerializer.Deserialize<ResourceHistoryPoint>(JsonSerializer.Serialize(point))));

    [Fact]
    public void Text_under_the_invariant_culture_loses_nothing() => Points.Sample(point =>
    {
        var properties = typeof(ResourceHistoryPoint).GetProperties();
        var cells = properties.ToDictionary(property => property.Name, property => Convert.ToString(property.GetValue(point), CultureInfo.InvariantCulture) ?? "");

        var read = Activator.CreateInstance<ResourceHistoryPoint>();
        foreach (var property in properties.Where(property => property.SetMethod is not null))
            property.SetValue(read, Read(property, cells));
        Assert.Equal(point, read);
    });

    [Fact]
    public void Timestamps_are_whole_milliseconds()
    {
        var clock = new TestClock();
        clock.Advance(TimeSpan.FromTicks(12_345_678));
        var history = new Engine.History.ResourceHistory(clock);
        history.Add(HistorySamples.Sample(clock.GetUtcNow()));

        var point = history.Read("agent", new HistoryRequest())[0].Point;
        Assert.Equal(point.Timestamp, DateTimeOffset.FromUnixTimeMilliseconds(point.TimestampUnixMs));
    }

    private static object? Read(PropertyInfo property, Dictionary<string, string> cells)
    {
        if (property.PropertyType == typeof(DateTimeOffset))
            return DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(cells[property.Name + "UnixMs"], CultureInfo.InvariantCulture));
        var (type, cell) = (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, cells[property.Name]);
        if (type == typeof(string))
            return cell;
        if (cell.Length == 0)
            return null;
        return type == typeof(TimeSpan) ? TimeSpan.Parse(cell, CultureInfo.InvariantCulture) : Convert.ChangeType(cell, type, CultureInfo.InvariantCulture);
    }
}
