using System.Diagnostics;

namespace ContainerSandbox.Benchmarks.Shells;

/// <summary>A shell in a process of its own: pwsh where it is on PATH, the embedded shell elsewhere.</summary>
internal static class ShellProcess
{
    public static Process Start(string script)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true };
        if (FindPwsh() is { } pwsh)
        {
            start.FileName = pwsh;
            start.ArgumentList.Add("-NoProfile");
        }
        else
        {
            start.FileName = "dotnet";
            start.ArgumentList.Add(Repository.EmbeddedShell);
        }
        start.ArgumentList.Add("-Command");
        start.ArgumentList.Add(script);
        return Process.Start(start)!;
    }

    /// <summary>Runs a script to its end and gives what it printed.</summary>
    public static async Task<string> RunAsync(string script)
    {
        using var process = Start(script);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"The shell failed: {await errors}");
    }

    private static string? FindPwsh() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "pwsh"))
        .FirstOrDefault(File.Exists);
}
