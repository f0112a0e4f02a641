using System.Globalization;
using System.Management.Automation;
using System.Text;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>The pages in docs/cmdlets say what the built cmdlets are, in the schema of PlatyPS 1.x.</summary>
public sealed class DocumentationTests : IClassFixture<DocumentationTests.Commands>
{
    private static readonly string[] Metadata =
        ["document type", "external help file", "HelpUri", "Locale", "Module Name", "ms.date", "PlatyPS schema version", "title"];

    private static readonly string[] Sections =
        ["SYNOPSIS", "SYNTAX", "ALIASES", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    private readonly Commands _commands;

    public DocumentationTests(Commands commands) => _commands = commands;

    public static TheoryData<string> Names => [.. ModuleAssembly.Cmdlets.Keys.Order()];

    [Fact]
    public void Pages_AreThoseOfTheCmdletsAndTheModule()
    {
        var pages = Directory.EnumerateFiles(HelpPage.Folder).Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(ModuleAssembly.Cmdlets.Keys.Append("ContainerSandbox").Order(), pages.Order());
    }

    [Fact]
    public void ModulePage_ListsEachCmdletWithItsSynopsis()
    {
        var page = HelpPage.Read("ContainerSandbox");

        Assert.Equal(["Description", "ContainerSandbox Cmdlets"], page.Headings(2));
        Assert.Equal(ModuleAssembly.Cmdlets.Keys.Order().Select(name => $"[{name}]({name}.md)"), page.Headings(3));
        Assert.All(ModuleAssembly.Cmdlets.Keys, name =>
            Assert.Equal(HelpPage.Read(name).Below("## SYNOPSIS"), page.Below($"### [{name}]({name}.md)")));
        Assert.Contains($"Module Guid: {_commands.ModuleGuid}", page.Text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_HasTheSchemasPartsInOrder(string name)
    {
        var page = HelpPage.Read(name);

        Assert.Equal(Metadata, page.Metadata);
        Assert.Equal(name, page.Title);
        Assert.Equal([name], page.Headings(1));
        Assert.Equal(Sections, page.Headings(2));
        Assert.DoesNotContain("{{", page.Text);
        Assert.All(Sections, section => Assert.NotEmpty(page.Below($"## {section}")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_ShowsTheSyntax(string name)
    {
        var command = _commands.Find(name);
        var page = HelpPage.Read(name);

        var expected = command.ParameterSets.OrderByDescending(set => set.IsDefault).Select(set => (
            Heading: set.Name + (set.IsDefault && command.ParameterSets.Count > 1 ? " (Default)" : ""),
            Syntax: $"{name} {set}"));

        var actual = page.Headings(3, "SYNTAX").Select(heading => (
            Heading: heading,
            Syntax: string.Join(' ', page.Below($"### {heading}").Trim('`').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_DescribesEachParameterAsItIs(string name)
    {
        var parameters = _commands.Find(name).Parameters.Values.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name)).ToList();
        var page = HelpPage.Read(name);

        Assert.Equal(
            parameters.Select(parameter => "-" + parameter.Name).Order(StringComparer.Ordinal).Append("CommonParameters"),
            page.Headings(3, "PARAMETERS"));
        Assert.All(parameters, parameter =>
        {
            Assert.Equal(Yaml(parameter), WithoutDefault(page.Yaml(parameter.Name)));
            Assert.False(page.Below($"### -{parameter.Name}").StartsWith("```", StringComparison.Ordinal), $"-{parameter.Name} is not described.");
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_NamesTheOutputsAndTheLinks(string name)
    {
        var page = HelpPage.Read(name);

        Assert.Equal(_commands.Find(name).OutputType.Select(type => type.Name), page.Headings(3, "OUTPUTS"));
        Assert.All(page.Headings(3, "OUTPUTS"), type => Assert.NotEmpty(page.Below($"### {type}")));
        Assert.All(
            page.Below("## RELATED LINKS").Split('\n'),
            link => Assert.Contains(ModuleAssembly.Cmdlets.Keys, each => link == $"- [{each}]({each}.md)"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_HasTwoExamplesThatParse(string name)
    {
        var page = HelpPage.Read(name);
        var examples = page.Headings(3, "EXAMPLES");

        Assert.True(examples.Count >= 2);
        Assert.All(examples.Index(), example => Assert.StartsWith($"Example {example.Index + 1}: ", example.Item));
        Assert.All(examples, example =>
        {
            var code = page.Below($"### {example}").Split("```powershell\n")[1].Split("```")[0];
            System.Management.Automation.Language.Parser.ParseInput(code, out var tokens, out var errors);
            Assert.Empty(errors);
            Assert.Contains(tokens, token => ModuleAssembly.Cmdlets.ContainsKey(token.Text));
        });
    }

    private static string Yaml(ParameterMetadata parameter)
    {
        var text = new StringBuilder();
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        text.Append(CultureInfo.InvariantCulture, $"Type: {type.FullName}\nSupportsWildcards: ")
            .Append(parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any() ? "true" : "false").Append('\n')
            .Append(parameter.Aliases.Count == 0 ? "Aliases: []\n" : "Aliases:\n" + string.Concat(parameter.Aliases.Select(alias => $"- {alias}\n")))
            .Append("ParameterSets:\n");
        foreach (var (set, values) in parameter.ParameterSets.OrderBy(set => set.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"- Name: {(set == ParameterAttribute.AllParameterSets ? "(All)" : set)}\n")
                .Append(CultureInfo.InvariantCulture, $"  Position: {(values.Position < 0 ? "Named" : values.Position)}\n")
                .Append(CultureInfo.InvariantCulture, $"  IsRequired: {Lower(values.IsMandatory)}\n")
                .Append(CultureInfo.InvariantCulture, $"  ValueFromPipeline: {Lower(values.ValueFromPipeline)}\n")
                .Append(CultureInfo.InvariantCulture, $"  ValueFromPipelineByPropertyName: {Lower(values.ValueFromPipelineByPropertyName)}\n")
                .Append(CultureInfo.InvariantCulture, $"  ValueFromRemainingArguments: {Lower(values.ValueFromRemainingArguments)}\n");
        }

        return text.Append("DontShow: false\nAcceptedValues: []\nHelpMessage: ''\n").ToString();
    }

    // Defaults are set in code: no metadata tells them.
    private static string WithoutDefault(string yaml) =>
        string.Concat(yaml.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("DefaultValue: ", StringComparison.Ordinal)).Select(line => line + "\n"));

    private static string Lower(bool value) => value ? "true" : "false";

    /// <summary>The cmdlets as PowerShell sees them.</summary>
    public sealed class Commands : IDisposable
    {
        private readonly ModuleRunspace _runspace = ModuleRunspace.Open();

        public string ModuleGuid => _runspace.Run("(Get-Module ContainerSandbox).Guid.ToString()").Single<string>();

        public CmdletInfo Find(string name) => _runspace.Run($"Get-Command {name}").Single<CmdletInfo>();

        public void Dispose() => _runspace.Dispose();
    }
}
