using ContainerSandbox.Engine.History;

namespace ContainerSandbox.Engine.Trends;

/// <summary>One figure of a history, without the points that do not have it.</summary>
internal sealed record FigureSeries(Series Series, List<ResourceHistoryPoint> Points)
{
    public static FigureSeries Of(ResourceFigure figure, IReadOnlyList<HistoryReading> readings) => figure switch
    {
        ResourceFigure.Memory => Values(readings, point => point.MemoryMean),
        ResourceFigure.Cpu => Values(readings, point => point.CpuMean),
        ResourceFigure.Processes => Values(readings, point => point.ProcessMean),
        ResourceFigure.DiskRead => Rates(readings, point => point.DiskReadBytes),
        ResourceFigure.DiskWrite => Rates(readings, point => point.DiskWriteBytes),
        ResourceFigure.NetworkReceive => Rates(readings, point => point.NetworkReceivedBytes),
        _ => Rates(readings, point => point.NetworkSentBytes),
    };

    private static FigureSeries Values(IReadOnlyList<HistoryReading> readings, Func<ResourceHistoryPoint, double?> figure) => Make(
        [.. readings.Where(reading => figure(reading.Point) is not null).Select(reading => (reading.At, figure(reading.Point)!.Value, reading.Point))]);

    // A counter that goes backwards has begun anew: what it counted meanwhile nobody knows.
    private static FigureSeries Rates(IReadOnlyList<HistoryReading> readings, Func<ResourceHistoryPoint, long?> counter)
    {
        var rates = new List<(TimeSpan At, double Value, ResourceHistoryPoint Point)>();
        HistoryReading? last = null;
        foreach (var reading in readings.Where(reading => counter(reading.Point) is not null))
        {
            if (last is { } earlier && reading.At > earlier.At && counter(reading.Point) - counter(earlier.Point) is >= 0 and var grown)
                rates.Add(((reading.At + earlier.At) / 2, grown / (reading.At - earlier.At).TotalSeconds, reading.Point));
            last = reading;
        }

        return Make(rates);
    }

    // Two samples at one moment have no slope between them.
    private static FigureSeries Make(List<(TimeSpan At, double Value, ResourceHistoryPoint Point)> values)
    {
        var apart = values.Where((value, index) => index == 0 || value.At > values[index - 1].At).ToList();
        var begin = apart.Count == 0 ? TimeSpan.Zero : apart[0].At;
        return new FigureSeries(
            new Series([.. apart.Select(value => (value.At - begin).TotalHours)], [.. apart.Select(value => value.Value)]),
            [.. apart.Select(value => value.Point)]);
    }
}
