namespace ContainerSandbox.Engine.Networks;

/// <summary>Reads the kernel's table of routes (/proc/net/fib_trie) for the addresses of the machine itself.</summary>
internal static class LocalAddresses
{
    /// <summary>The first one that is not of the loopback; null when there is none.</summary>
    public static string? First(string table)
    {
        var address = "";
        foreach (var line in table.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("|-- ", StringComparison.Ordinal))
                address = line[4..];
            else if (line.EndsWith("host LOCAL", StringComparison.Ordinal) && line.StartsWith("/32", StringComparison.Ordinal)
                && !address.StartsWith("127.", StringComparison.Ordinal))
                return address;
        }

        return null;
    }
}
