using System.Diagnostics;

namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>Programs of this machine that tests use.</summary>
internal static class Tool
{
    /// <summary>Runs the engine's own command line, the witness from outside.</summary>
    public static Task<string> DockerAsync(params string[] arguments) => RunAsync("docker", arguments);

    /// <summary>Runs a program and returns its standard output; anything but exit code 0 fails the test.</summary>
    public static async Task<string> RunAsync(string program, string[] arguments, Stream? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (input is not null)
            await input.CopyToAsync(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
    }
}
