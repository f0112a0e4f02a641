using System.Management.Automation;

namespace ContainerSandbox.Session;

/// <summary>Picks things by the names that a user gave, with or without wildcards.</summary>
internal static class PatternFilter
{
    /// <summary>Those whose name a pattern means, in their own order.</summary>
    /// <param name="items">What there is.</param>
    /// <param name="name">The name of an item.</param>
    /// <param name="patterns">What was asked for; null is everything.</param>
    /// <param name="missing">Told of each pattern without wildcards that means none.</param>
    public static IEnumerable<T> Select<T>(
        IReadOnlyList<T> items, Func<T, string> name, IEnumerable<string?>? patterns, Action<string> missing)
    {
        if (patterns is null)
            return items;

        var wanted = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pattern in patterns.Select(pattern => pattern ?? ""))
        {
            var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
            var matches = items.Select(name).Where(wildcard.IsMatch).ToList();
            wanted.UnionWith(matches);
            if (matches.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(pattern))
                missing(pattern);
        }

        return items.Where(item => wanted.Contains(name(item)));
    }
}
