using System.Collections;
using System.Globalization;

namespace ContainerSandbox.Parameters;

/// <summary>Names with values: any dictionary, or <c>name=value;name2=value2</c>. Names keep their case and are told apart by it.</summary>
internal static class NameValueMap
{
    private static readonly Dictionary<string, string> Empty = [];

    public static bool TryRead(object value, out Dictionary<string, string> map)
    {
        map = new Dictionary<string, string>(StringComparer.Ordinal);
        return value switch
        {
            IDictionary dictionary => TryReadDictionary(dictionary, map),
            string text => TryReadText(text, map),
            _ => false,
        };
    }

    /// <summary>What a parameter holds after its transformation.</summary>
    public static IReadOnlyDictionary<string, string> OrEmpty(IDictionary? map) =>
        map as IReadOnlyDictionary<string, string> ?? Empty;

    private static bool TryReadDictionary(IDictionary dictionary, Dictionary<string, string> map)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            var name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture);
            if (string.IsNullOrWhiteSpace(name))
                return false;
            map[name] = Convert.ToString(entry.Value, CultureInfo.InvariantCulture) ?? "";
        }

        return true;
    }

    private static bool TryReadText(string text, Dictionary<string, string> map)
    {
        foreach (var part in text.Split(';'))
        {
            if (string.IsNullOrWhiteSpace(part))
                continue;
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                return false;
            var name = part[..equals].Trim();
            if (name.Length == 0 || !map.TryAdd(name, part[(equals + 1)..]))
                return false;
        }

        return true;
    }
}
