using System.Diagnostics;

namespace ContainerSandbox.Presentation.Tests;

/// <summary>Headless Chromium, run once for one page.</summary>
internal static class Browser
{
    // Long enough for a slow machine: only a browser that hangs gets there.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);

    /// <summary>Opens a page and returns its document as the browser understood it, and what the browser said meanwhile.</summary>
    /// <param name="page">The file.</param>
    /// <param name="folder">An empty folder for the browser's own use.</param>
    /// <param name="more">More arguments.</param>
    public static async Task<(string Document, string Messages)> OpenAsync(string page, string folder, params string[] more)
    {
        var start = new ProcessStartInfo(Find()!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--enable-logging=stderr", "--v=0", $"--user-data-dir={folder}", .. more, "--dump-dom", new Uri(page).AbsoluteUri,
        ])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var (document, messages) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (await document, await messages);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
