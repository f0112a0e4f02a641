namespace ContainerSandbox.Engine.Sessions;

/// <summary>Writes text so that a POSIX shell reads it back as one word.</summary>
internal static class ShellQuote
{
    /// <summary>Quotes a word.</summary>
    public static string Word(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
