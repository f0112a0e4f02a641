using System.Management.Automation;

namespace ContainerSandbox.EmbeddedShell;

/// <summary>The newest progress as one line at the terminal, and nothing where stderr is not one.</summary>
internal sealed class ProgressLine
{
    private bool shown;

    public void Show(ProgressRecord record)
    {
        if (Console.IsErrorRedirected) return;
        Clear();
        if (record.RecordType == ProgressRecordType.Completed) return;
        var percent = record.PercentComplete < 0 ? "" : $" {record.PercentComplete}%";
        var text = $"{record.Activity}: {record.StatusDescription}{percent}".ReplaceLineEndings(" ");
        Console.Error.Write(text.Length < ShellRawUserInterface.Width ? text : text[..(ShellRawUserInterface.Width - 1)]);
        shown = true;
    }

    public void Clear()
    {
        if (!shown) return;
        shown = false;
        Console.Error.Write("\r\e[K");
    }
}
