using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ContainerSandbox.Engine.Environments;

/// <summary>The form of agent ids.</summary>
internal static partial class AgentIds
{
    private static readonly string[] Adjectives =
        ["able", "bold", "calm", "deft", "eager", "fair", "glad", "keen", "lucid", "merry", "neat", "quick", "sharp", "swift", "tidy", "wise"];

    private static readonly string[] Nouns =
        ["badger", "crane", "dolphin", "falcon", "gecko", "heron", "ibex", "jay", "koala", "lynx", "marten", "otter", "puffin", "raven", "stoat", "wren"];

    /// <summary>Refuses an id that could not be part of a container's name or a folder's.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.InvalidAgentId"/>.</exception>
    public static void Check(string agentId)
    {
        if (!Form().IsMatch(agentId))
        {
            throw new SandboxException(
                SandboxErrorId.InvalidAgentId,
                SandboxErrorCategory.InvalidArgument,
                $"'{agentId}' cannot be an agent id. Use 1 to 63 letters, digits, '_', '.' and '-', a letter or digit first.",
                agentId);
        }
    }

    /// <summary>A readable id that is unlikely to be taken.</summary>
    public static string Random() =>
        $"{Adjectives[RandomNumberGenerator.GetInt32(Adjectives.Length)]}-{Nouns[RandomNumberGenerator.GetInt32(Nouns.Length)]}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}\\z")]
    private static partial Regex Form();
}
