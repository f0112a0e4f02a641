using Xunit;

namespace ContainerSandbox.Presentation.Tests;

/// <summary>A report as a browser understands it. Left out where no chromium is on the PATH.</summary>
public sealed class BrowserTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [BrowserFact]
    public async Task Page_IsUnderstoodWithoutAComplaintAndAsksForNothing()
    {
        var page = Path.Combine(_folder.FullName, "report.html");
        var log = Path.Combine(_folder.FullName, "net.json");
        await File.WriteAllTextAsync(page, ReportSamples.Write(ReportSamples.Make("<script>document.title='caught'</script><img src=http://192.0.2.1/x>")));

        var (document, messages) = await Browser.OpenAsync(page, Path.Combine(_folder.FullName, "browser"), $"--log-net-log={log}");

        Assert.Contains("<section id=\"events\">", document);
        Assert.Equal(14, document.Split("<svg ").Length - 1);
        Assert.DoesNotContain("<script", document);
        Assert.DoesNotContain("<img", document);
        Assert.DoesNotContain("CONSOLE", messages);
        Assert.DoesNotContain("192.0.2.1", await File.ReadAllTextAsync(log));
    }
}
