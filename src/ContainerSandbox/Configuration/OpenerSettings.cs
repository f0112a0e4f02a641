using ContainerSandbox.Engine.Networks;
using ContainerSandbox.Engine.Openers;
using ContainerSandbox.Parameters;

namespace ContainerSandbox.Configuration;

/// <summary>The openers as they stand in a configuration: beside the other keys of a sandbox or of a template.</summary>
internal static class OpenerSettings
{
    /// <summary>Their keys.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. typeof(SandboxOpeners).GetProperties().Select(property => property.Name)];

    /// <summary>Reads them.</summary>
    public static SandboxOpeners Read(SettingFields fields) => new()
    {
        Network = fields.Text(nameof(SandboxOpeners.Network), NetworkNames.Wrong),
        WritableRoot = fields.Value<bool>(nameof(SandboxOpeners.WritableRoot), new FlagAttribute()),
        User = fields.Value<int>(nameof(SandboxOpeners.User), new CountAttribute { Minimum = 0 }, user => OpenerRules.WrongUser(user)),
        AddCapability = fields.Names(nameof(SandboxOpeners.AddCapability), OpenerRules.WrongCapability),
        AllowNewPrivileges = fields.Value<bool>(nameof(SandboxOpeners.AllowNewPrivileges), new FlagAttribute()),
        AllowExecInTmp = fields.Value<bool>(nameof(SandboxOpeners.AllowExecInTmp), new FlagAttribute()),
        SeccompProfile = fields.Text(nameof(SandboxOpeners.SeccompProfile)),
        Runtime = fields.Text(nameof(SandboxOpeners.Runtime)),
    };

    /// <summary>What is written of them; null for those that are not in force.</summary>
    public static IEnumerable<(string Key, object? Value)> Write(SandboxOpeners openers) =>
        typeof(SandboxOpeners).GetProperties().Select(property => (property.Name, property.GetValue(openers)));
}
