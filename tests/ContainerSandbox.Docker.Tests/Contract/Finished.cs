using System.Text;
using ContainerSandbox.Engine.Backends;
using ContainerSandbox.Testing;

namespace ContainerSandbox.Docker.Tests.Contract;

/// <summary>What a session brought by the time it ended.</summary>
internal sealed record Finished(int? ExitCode, byte[] Output, byte[] Error)
{
    public string OutputText => Encoding.UTF8.GetString(Output);

    public string ErrorText => Encoding.UTF8.GetString(Error);

    /// <summary>Reads a session to its end and asks for the exit code.</summary>
    public static async Task<Finished> WaitAsync(ISessionChannel session)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var streams = new Dictionary<SessionOutput, MemoryStream> { [SessionOutput.Standard] = new(), [SessionOutput.Error] = new() };
        var buffer = new byte[4096];
        for (var read = await session.ReadAsync(buffer, deadline.Token); !read.IsEnd; read = await session.ReadAsync(buffer, deadline.Token))
            streams[read.Source].Write(buffer, 0, read.Count);
        int? code = null;
        await Eventually.HoldsAsync("the exit code is known", TimeSpan.FromSeconds(3), async () => (code = await session.GetExitCodeAsync(deadline.Token)) is not null);
        return new Finished(code, streams[SessionOutput.Standard].ToArray(), streams[SessionOutput.Error].ToArray());
    }
}
