using System.Text;
using ContainerSandbox.Engine.Sessions;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>Both streams of a session in any pieces and any order.</summary>
public sealed class ExchangeTests
{
    private const string Mark = "AABAABAAC";

    private static readonly Gen<string> Output = Gen.String[Gen.Char["AB \n0"], 0, 30];

    // What a process that was left behind writes, after the end or while the end arrives.
    private static readonly Gen<string> Noise = Gen.OneOf(Gen.Const(""), Gen.Const("\n"), Gen.Const("noise"), Gen.Const("more noise\n"), Gen.Const("1 2\n3"));

    [Fact]
    public void A_workers_end_is_found_in_any_pieces() =>
        Gen.Select(Gen.Select(Output, Output, Noise, Noise), Slices.Any, Slices.Any, Gen.Int[0, 255], Gen.Int[0, 9], Gen.Bool.Array[1, 30])
            .Sample((texts, outputCut, errorCut, exitCode, left, order) =>
        {
            var (output, error, noise, errorNoise) = texts;
            var exchange = Exchange.Worker(Mark, 1000);
            Deliver(
                exchange,
                Slices.Cut(Encoding.ASCII.GetBytes($"{Mark}+{output}{Mark} {exitCode} {left}\n{noise}"), outputCut),
                Slices.Cut(Encoding.ASCII.GetBytes($"{error}{Mark}{errorNoise}"), errorCut),
                order);
            return exchange.HasBegun && exchange.End.IsCompletedSuccessfully && exchange.End.Result == new ExchangeEnd(exitCode, left, null)
                && exchange.Output.Text(out _) == output && exchange.Error.Text(out _) == error;
        });

    [Fact]
    public void An_answer_ends_at_its_mark() =>
        Gen.Select(Output, Slices.Any, Gen.Int[0, 255]).Sample((output, cut, status) =>
        {
            var exchange = Exchange.Control(Mark);
            foreach (var slice in Slices.Cut(Encoding.ASCII.GetBytes($"{output}{Mark} {status} 0\n"), cut))
                exchange.AcceptOutput(slice);
            return exchange.End.IsCompletedSuccessfully && exchange.End.Result == new ExchangeEnd(status, 0, null) && exchange.Output.Text(out _) == output;
        });

    [Fact]
    public void A_one_shot_keeps_everything_after_its_beginning_to_the_end_of_its_streams() =>
        Gen.Select(Output, Output, Slices.Any).Sample((output, error, cut) =>
        {
            var exchange = Exchange.OneShot(Mark, 1000);
            foreach (var slice in Slices.Cut(Encoding.ASCII.GetBytes($"{Mark}+{output}{Mark}"), cut))
                exchange.AcceptOutput(slice);
            exchange.AcceptError(Encoding.ASCII.GetBytes(error + Mark));
            Assert.False(exchange.End.IsCompleted);
            exchange.EndWithSession(null);
            return exchange.Output.Text(out _) == output + Mark && exchange.Error.Text(out _) == error + Mark && exchange.End.Result.Status is null;
        });

    [Fact]
    public async Task A_session_that_ends_before_it_took_the_command_up_has_not_begun()
    {
        var exchange = Exchange.OneShot(Mark, 1000);
        exchange.AcceptOutput("AAB"u8);
        exchange.EndWithSession(null);
        Assert.False(exchange.HasBegun);
        await Eventually.EndsAsync(exchange.Began);
    }

    [Fact]
    public void An_end_without_a_beginning_is_none_of_the_command() =>
        Gen.Select(Slices.Any, Gen.Int[0, 255]).Sample((cut, status) =>
        {
            var exchange = Exchange.Worker(Mark, 1000);
            foreach (var slice in Slices.Cut(Encoding.ASCII.GetBytes($"{Mark} {status} 0\n"), cut))
                exchange.AcceptOutput(slice);
            return !exchange.HasBegun && exchange.Began.IsCompleted && exchange.End.Result == new ExchangeEnd(null, 0, null);
        });

    [Fact]
    public async Task The_end_of_the_session_ends_the_exchange_with_its_reason()
    {
        var exchange = Exchange.Worker(Mark, 1000);
        exchange.AcceptOutput("AABAABAAC+part of it AAB"u8);
        exchange.EndWithSession(EngineFault.Broken());
        var end = await Eventually.EndsAsync(exchange.End);
        Assert.Null(end.Status);
        Assert.IsType<SandboxException>(end.Failure);
        Assert.Equal("part of it AAB", exchange.Output.Text(out _));
    }

    [Fact]
    public async Task An_end_that_is_not_of_the_agreed_form_is_a_failure()
    {
        var exchange = Exchange.Control(Mark);
        exchange.AcceptOutput("AABAABAAC what\n"u8);
        Assert.IsType<FormatException>((await Eventually.EndsAsync(exchange.End)).Failure);
    }

    [Fact]
    public async Task An_answer_that_never_ends_takes_no_memory()
    {
        var exchange = Exchange.Worker(Mark, 100);
        exchange.AcceptOutput("AABAABAAC+AABAABAAC 0 1\n"u8);
        var chunk = new byte[16 * 1024];
        for (var turn = 0; turn < 200; turn++)
            exchange.AcceptOutput(chunk);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < 200; turn++)
            exchange.AcceptOutput(chunk);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
        exchange.AcceptError("AABAABAAC"u8);
        Assert.Equal(1, (await Eventually.EndsAsync(exchange.End)).ProcessesLeft);
    }

    private static void Deliver(Exchange exchange, IEnumerable<byte[]> output, IEnumerable<byte[]> error, bool[] order)
    {
        Queue<byte[]> outputs = new(output);
        Queue<byte[]> errors = new(error);
        for (var turn = 0; outputs.Count + errors.Count > 0; turn++)
        {
            if (errors.Count == 0 || (outputs.Count > 0 && order[turn % order.Length]))
                exchange.AcceptOutput(outputs.Dequeue());
            else
                exchange.AcceptError(errors.Dequeue());
        }
    }
}
