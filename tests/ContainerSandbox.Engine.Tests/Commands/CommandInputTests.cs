using System.Text;

namespace ContainerSandbox.Engine.Tests.Commands;

/// <summary>Standard input on its way to the command.</summary>
public sealed class CommandInputTests
{
    [Fact]
    public async Task Input_is_sent_only_after_the_session_became_the_command_and_is_completed()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeCommand? taken = null;
        rig.Container.OnCommand = command => taken = command;
        var running = rig.RunAsync("cat", "all of it");
        await Eventually.TrueAsync(() => taken is not null, "the session has the command");
        await Eventually.NothingMoreAsync();
        Assert.Empty(taken!.Session.Input);
        taken.Begin();
        await Eventually.TrueAsync(() => taken.Session.IsInputComplete, "the input is complete");
        Assert.Equal("all of it", Encoding.UTF8.GetString(taken.Session.Input));
        taken.Finish(0);
        Assert.Equal(0, (await Eventually.EndsAsync(running)).ExitCode);
    }

    [Fact]
    public async Task An_input_without_end_ends_with_the_command()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command =>
        {
            command.Begin();
            command.Finish(2);
        };
        var result = await Eventually.EndsAsync(rig.RunAsync(new CommandRequest { Command = "true", StandardInput = new EndlessStream(obeys: true) }));
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public async Task An_input_that_heeds_no_cancellation_does_not_hold_the_result()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command =>
        {
            command.Begin();
            command.Finish(2);
        };
        var result = await Eventually.EndsAsync(rig.RunAsync(new CommandRequest { Command = "true", StandardInput = new EndlessStream(obeys: false) }));
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public async Task A_command_that_closes_its_input_goes_on()
    {
        await using var rig = await CommandRig.OpenAsync();
        FakeCommand? taken = null;
        rig.Container.OnCommand = command =>
        {
            taken = command;
            command.Session.RefusesInput = true;
            command.Begin();
        };
        var running = rig.RunAsync("exec <&-; work", "unread");
        await Eventually.TrueAsync(() => taken?.Session.RefusedInputs > 0, "the input is refused");
        await Eventually.NothingMoreAsync();
        Assert.False(running.IsCompleted);
        taken!.Write("worked").Finish(0);
        Assert.Equal("worked", (await Eventually.EndsAsync(running)).StandardOutput);
    }

    [Fact]
    public async Task An_input_that_fails_ends_the_command_too()
    {
        await using var rig = await CommandRig.OpenAsync();
        rig.Container.OnCommand = command => command.Begin();
        var request = new CommandRequest { Command = "cat", StandardInput = new FailingStream() };
        await Assert.ThrowsAsync<InvalidDataException>(() => Eventually.EndsAsync(rig.RunAsync(request)));
        Assert.Contains(rig.Heard, text => text.StartsWith("__cs_kill", StringComparison.Ordinal));
        Assert.Equal(AgentEnvironmentState.Running, rig.Sandbox.GetEnvironments().Single().State);
    }

    private abstract class ReadOnlyStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class EndlessStream(bool obeys) : ReadOnlyStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, obeys ? cancellationToken : CancellationToken.None);
            return 0;
        }
    }

    private sealed class FailingStream : ReadOnlyStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidDataException("the file is damaged");
    }
}
