namespace ContainerSandbox.Engine.Slots;

/// <summary>The search path of isolated commands: the image's own, without what the agent could write.</summary>
internal static class TrustedPath
{
    private const string Usual = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Leaves out relative entries and everything below a place that can be written.</summary>
    public static string From(IReadOnlyList<string> imageVariables, IEnumerable<string> writable)
    {
        var path = imageVariables.LastOrDefault(variable => variable.StartsWith("PATH=", StringComparison.Ordinal))?[5..] ?? Usual;
        var places = writable.ToArray();
        var kept = path.Split(':').Where(entry => entry.StartsWith('/')).Select(Plain).Where(entry => entry.Length > 0
            && !places.Any(place => entry == place || entry.StartsWith(place + "/", StringComparison.Ordinal)));
        var joined = string.Join(':', kept);
        return joined.Length > 0 ? joined : Usual;
    }

    // One way to write a path; empty for those that lead up or round.
    private static string Plain(string entry)
    {
        var parts = entry.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Any(part => part is "." or "..") ? "" : "/" + string.Join('/', parts);
    }
}
