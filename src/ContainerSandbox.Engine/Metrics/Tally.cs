using System.Globalization;

namespace ContainerSandbox.Engine.Metrics;

/// <summary>Counts how often each of several things came. Of things without end only as many as fit are told apart.</summary>
/// <param name="most">How many are told apart.</param>
internal sealed class Tally<T>(int most = 20)
    where T : notnull
{
    private readonly Dictionary<T, long> _counts = [];
    private long _others;

    /// <summary>It came once more.</summary>
    public void Add(T thing)
    {
        if (_counts.TryGetValue(thing, out var count) || _counts.Count < most)
            _counts[thing] = count + 1;
        else
            _others++;
    }

    /// <summary>As text, the most frequent first: <c>0=12;1=3</c>; empty when nothing came.</summary>
    public override string ToString() => string.Join(
        ';',
        _counts.OrderByDescending(each => each.Value).ThenBy(each => each.Key).Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key}={each.Value}"))
            .Concat(_others > 0 ? [string.Create(CultureInfo.InvariantCulture, $"other={_others}")] : []));
}
