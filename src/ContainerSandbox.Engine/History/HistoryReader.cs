namespace ContainerSandbox.Engine.History;

/// <summary>Reads several environments of one agent as one history.</summary>
internal static class HistoryReader
{
    /// <summary>The wanted points, the oldest first. All have one resolution, so that they can be shown side by side.</summary>
    public static IReadOnlyList<HistoryReading> Read(List<EnvironmentHistory> histories, HistoryRequest request, HistoryMoment now)
    {
        if (histories.Count == 0)
            return [];
        var cut = HistoryCut.Of(request, now);
        var resolution = request.Resolution ?? histories.Max(history => history.Finest(cut, request.Newest));
        var newest = request.Newest ?? int.MaxValue;
        var parts = new List<List<HistoryReading>>();
        for (var index = histories.Count - 1; index >= 0 && newest > 0; index--)
        {
            parts.Add(histories[index].Read(resolution, cut, newest));
            newest -= parts[^1].Count;
        }

        parts.Reverse();
        return [.. parts.SelectMany(part => part)];
    }
}
