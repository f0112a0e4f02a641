using System.Collections;

namespace ContainerSandbox.Configuration;

/// <summary>The templates that were given as a parameter.</summary>
internal static class TemplateTable
{
    /// <summary>Reads them.</summary>
    /// <exception cref="SandboxException"><see cref="SandboxErrorId.InvalidTemplate"/>, with every problem that there is.</exception>
    public static IReadOnlyList<TemplateOptions> Read(IDictionary table)
    {
        var reader = new SettingsReader();
        var templates = reader.ReadTemplates(HashtableSettings.Read(SettingsReader.TemplateKey, table));
        if (reader.Problems.Count == 0)
            return templates;
        throw new SandboxException(
            SandboxErrorId.InvalidTemplate,
            SandboxErrorCategory.InvalidArgument,
            $"The templates cannot be used:{string.Concat(reader.Problems.Select(problem => $"{Environment.NewLine}  {problem}."))}",
            table);
    }
}
