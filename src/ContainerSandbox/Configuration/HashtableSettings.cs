using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace ContainerSandbox.Configuration;

/// <summary>Settings that were given as a hashtable of a parameter.</summary>
internal static class HashtableSettings
{
    /// <summary>Takes a hashtable apart, in the order of its keys where it has none of its own.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="table">The hashtable.</param>
    public static Setting Read(string name, IDictionary table) => Read(name, name, table);

    private static Setting Read(string name, string path, object? value)
    {
        value = value is PSObject wrapper ? wrapper.BaseObject : value;
        if (value is not IDictionary table)
            return new Setting(name, path, null, value);
        var keys = table.Keys.Cast<object>().Select(key => (Key: key, Name: Convert.ToString(key, CultureInfo.InvariantCulture) ?? ""));
        if (table is Hashtable)
            keys = keys.OrderBy(key => key.Name, StringComparer.Ordinal);
        return new Setting(name, path, null, null, [.. keys.Select(key => Read(key.Name, $"{path}.{key.Name}", table[key.Key]))]);
    }
}
