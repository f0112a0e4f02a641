using ContainerSandbox.Parameters;

namespace ContainerSandbox.Configuration;

/// <summary>
/// The fields of one group of settings. What does not fit becomes a problem with its place, and reading goes on, so that all problems are
/// found at once.
/// </summary>
internal sealed class SettingFields
{
    private readonly Dictionary<string, Setting> _fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _problems;

    /// <summary>Takes a group apart.</summary>
    /// <param name="group">The group.</param>
    /// <param name="keys">The keys that it may have, without regard to case.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public SettingFields(Setting group, IReadOnlyCollection<string> keys, List<string> problems)
    {
        _problems = problems;
        foreach (var field in group.Children ?? [])
        {
            if (!keys.Contains(field.Name, StringComparer.OrdinalIgnoreCase))
                problems.Add($"{field.Place}: there is no such key. Keys are {string.Join(", ", keys)}");
            else if (!_fields.TryAdd(field.Name, field))
                problems.Add($"{field.Place}: the key is there already");
        }
    }

    /// <summary>The group that stands at a key; null when none does.</summary>
    public Setting? Group(string key)
    {
        if (!_fields.TryGetValue(key, out var field) || field is { Children: null, Value: null })
            return null;
        if (field.Children is not null)
            return field;
        _problems.Add($"{field.Place}: '{field.Value}' stands where names with values are expected");
        return null;
    }

    /// <summary>Reads text; null when it was not given or cannot be used.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="refuse">What is wrong with a text; null when nothing is.</param>
    public string? Text(string key, Func<string, string?> refuse)
    {
        if (Text(key) is not { } text)
            return null;
        if (refuse(text) is not { } problem)
            return text;
        _problems.Add($"{_fields[key].Place}: {problem}");
        return null;
    }

    /// <summary>Reads text; null when it was not given.</summary>
    public string? Text(string key)
    {
        switch (Read(key, new EmptyIsNotGivenAttribute()))
        {
            case null:
                return null;
            case string text:
                return text;
            default:
                _problems.Add($"{_fields[key].Place}: '{Shown(_fields[key])}' is no text");
                return null;
        }
    }

    /// <summary>Reads names, joined with a comma; null when none was given or they cannot be used.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="refuse">What is wrong with names; null when nothing is.</param>
    public string? Names(string key, Func<string, string?> refuse)
    {
        if (Read(key, new NameListAttribute()) is not string[] names)
            return null;
        var joined = string.Join(", ", names);
        if (refuse(joined) is not { } problem)
            return joined;
        _problems.Add($"{_fields[key].Place}: {problem}");
        return null;
    }

    /// <summary>Reads a value; null when it was not given or cannot be used.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="reader">Reads it as a parameter of that kind is read.</param>
    /// <param name="refuse">What is wrong with a value that can be read; null when nothing is.</param>
    public T? Value<T>(string key, ValueTransformationAttribute reader, Func<T, string?>? refuse = null)
        where T : struct
    {
        if (Read(key, reader) is not T value)
            return null;
        if (refuse?.Invoke(value) is not { } problem)
            return value;
        _problems.Add($"{_fields[key].Place}: {problem}");
        return null;
    }

    private object? Read(string key, ValueTransformationAttribute reader)
    {
        if (!_fields.TryGetValue(key, out var field))
            return null;
        if (field.Children is null && (field.Value is null || (field.Value is string text && string.IsNullOrWhiteSpace(text))))
            return null;
        var value = field.Value is null ? null : reader.Read(field.Value);
        if (value is null)
            _problems.Add($"{field.Place}: '{Shown(field)}' cannot be used here. Accepted are: {reader.AcceptedForms}");
        return value;
    }

    private static object Shown(Setting field) => field.Value is Array ? "a list" : field.Value ?? "a group";
}
