using System.Text;
using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Docker.Tests.Faults;

/// <summary>What a session makes of frames that come in pieces, or not at all.</summary>
public sealed class SessionFaultTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeEngine _engine = FakeEngine.Start();
    private ISandboxBackend _backend = null!;

    public async Task InitializeAsync()
    {
        _backend = await new DockerBackendFactory().ConnectAsync(_engine.Host, TimeProvider.System, None);
        _engine.Answer("POST /containers/abc/exec", FakeEngine.Json("""{"Id":"e1"}""", "201 Created"));
        _engine.Answer("GET /exec/e1/json", FakeEngine.Json("""{"ID":"e1","Running":true,"Pid":5}"""));
    }

    public async Task DisposeAsync()
    {
        await _backend.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Frames_are_whole_however_they_are_cut()
    {
        byte[] frames = [.. Frame(1, "one"), .. Frame(1, string.Empty), .. Frame(2, "two"), .. Frame(1, new string('x', 40000))];
        Stream(async stream =>
        {
            for (var i = 0; i < frames.Length; i += i < 40 ? 1 : 1000)
            {
                await stream.WriteAsync(frames.AsMemory(i, Math.Min(i < 40 ? 1 : 1000, frames.Length - i)));
                await stream.FlushAsync();
            }
        });

        await using var session = await OpenAsync();
        var (output, error) = await DrainAsync(session);

        Assert.Equal("one" + new string('x', 40000), output);
        Assert.Equal("two", error);
    }

    [Fact]
    public async Task A_frame_that_breaks_off_is_a_loss_and_not_an_end()
    {
        Stream(stream => stream.WriteAsync(Frame(1, "whole").AsMemory(..^2)).AsTask());

        await using var session = await OpenAsync();
        var failure = await Assert.ThrowsAsync<SandboxException>(() => DrainAsync(session));

        Assert.Equal(SandboxErrorId.EngineLost, failure.ErrorId);
        Assert.Equal(SandboxErrorId.EngineLost, (await Assert.ThrowsAsync<SandboxException>(() => DrainAsync(session))).ErrorId);
    }

    [Theory]
    [InlineData(3, 5u)]
    [InlineData(9, 5u)]
    [InlineData(1, 0xFFFFFFFFu)]
    public async Task A_frame_of_no_known_form_is_a_loss(byte kind, uint length)
    {
        Stream(stream => stream.WriteAsync(new byte[] { kind, 0, 0, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, 1, 2, 3, 4, 5 }).AsTask());

        await using var session = await OpenAsync();

        Assert.Equal(SandboxErrorId.EngineLost, (await Assert.ThrowsAsync<SandboxException>(() => DrainAsync(session))).ErrorId);
    }

    [Fact]
    public async Task A_refused_hand_over_is_an_error()
    {
        _engine.Answer("POST /exec/e1/start", FakeEngine.Json("{}"));

        var failure = await Assert.ThrowsAsync<SandboxException>(OpenAsync);

        Assert.Equal(SandboxErrorCategory.ProtocolError, failure.Category);
    }

    [Fact]
    public async Task A_process_that_never_ran_is_told_by_its_missing_id()
    {
        _engine.Answer("GET /exec/e1/json", FakeEngine.Json("""{"ID":"e1","Running":false,"Pid":0,"ExitCode":127}"""));
        Stream(stream => stream.WriteAsync(Frame(1, "OCI runtime exec failed:\r\n\u001b[31mno such file")).AsTask());

        var failure = await Assert.ThrowsAsync<SandboxException>(OpenAsync);

        Assert.Equal(SandboxErrorId.SessionFailed, failure.ErrorId);
        Assert.Contains("no such file", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', failure.Message);
    }

    private static byte[] Frame(byte kind, string text)
    {
        var data = Encoding.UTF8.GetBytes(text);
        return [kind, 0, 0, 0, (byte)(data.Length >> 24), (byte)(data.Length >> 16), (byte)(data.Length >> 8), (byte)data.Length, .. data];
    }

    private static async Task<(string Output, string Error)> DrainAsync(ISessionChannel session)
    {
        var texts = new Dictionary<SessionOutput, StringBuilder> { [SessionOutput.Standard] = new(), [SessionOutput.Error] = new() };
        var buffer = new byte[100];
        for (var read = await session.ReadAsync(buffer, None); !read.IsEnd; read = await session.ReadAsync(buffer, None))
            texts[read.Source].Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
        return (texts[SessionOutput.Standard].ToString(), texts[SessionOutput.Error].ToString());
    }

    private void Stream(Func<System.Net.Sockets.NetworkStream, Task> answer) => _engine.Answer("POST /exec/e1/start", async stream =>
    {
        await stream.WriteAsync("HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"u8.ToArray());
        await answer(stream);
    });

    private Task<ISessionChannel> OpenAsync() =>
        _backend.OpenSessionAsync(new SessionSpec("abc", 1000, 1000, ["/bin/x"], "/"), None);
}
