using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace ContainerSandbox.EmbeddedShell;

/// <summary>Output on stdout, everything about it on stderr, questions at the terminal.</summary>
internal sealed class ShellUserInterface : PSHostUserInterface
{
    private readonly ProgressLine progress = new();

    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface();

    public override bool SupportsVirtualTerminal => !Console.IsOutputRedirected;

    public void EndProgress() => progress.Clear();

    public override void Write(string value)
    {
        progress.Clear();
        Console.Out.Write(GetOutputString(value, SupportsVirtualTerminal));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value) => WriteAside(value);

    public override void WriteDebugLine(string message) => WriteAside($"DEBUG: {message}");

    public override void WriteVerboseLine(string message) => WriteAside($"VERBOSE: {message}");

    public override void WriteWarningLine(string message) => WriteAside($"WARNING: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record) => progress.Show(record);

    public override string ReadLine() =>
        Console.ReadLine() ?? throw new PSInvalidOperationException("An answer is needed, and there is no more input.");

    public override SecureString ReadLineAsSecureString()
    {
        var text = new SecureString();
        foreach (var character in ReadLine()) text.AppendChar(character);
        return text;
    }

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        Announce(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (var description in descriptions)
        {
            Write($"{description.Name}: ");
            answers[description.Name] = PSObject.AsPSObject(ReadLine());
        }
        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Announce(caption, message);
        var labels = choices.Select(choice => choice.Label.Replace("&", "", StringComparison.Ordinal)).ToArray();
        while (true)
        {
            Write($"{string.Join(" / ", labels)} (default is {labels[Math.Max(0, defaultChoice)]}): ");
            var answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0) return defaultChoice;
            for (var i = 0; i < labels.Length; i++)
                if (answer.Equals(labels[i], StringComparison.OrdinalIgnoreCase) || IsHotKey(choices[i].Label, answer)) return i;
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw new NotSupportedException("This shell does not ask for credentials.");

    private static bool IsHotKey(string label, string answer)
    {
        var mark = label.IndexOf('&', StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < label.Length && answer.Length == 1 &&
            char.ToUpper(label[mark + 1], CultureInfo.CurrentCulture) == char.ToUpper(answer[0], CultureInfo.CurrentCulture);
    }

    private void Announce(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption)) WriteLine(caption);
        if (!string.IsNullOrEmpty(message)) WriteLine(message);
    }

    private void WriteAside(string value)
    {
        progress.Clear();
        Console.Error.WriteLine(new StringDecorated(value).ToString(OutputRendering.PlainText));
    }
}
