using ContainerSandbox.Engine.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContainerSandbox.Engine.Tests.Hosting;

public sealed class BackgroundWorkTests
{
    [Fact]
    public async Task The_end_cancels_what_runs_and_waits_for_it()
    {
        var work = new BackgroundWork(NullLogger.Instance);
        var ended = false;
        work.Start("waiting", async cancellationToken =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            finally
            {
                await Task.Yield();
                ended = true;
            }
        });
        await Eventually.EndsAsync(work.DisposeAsync().AsTask());
        Assert.True(ended);
    }

    [Fact]
    public async Task What_work_starts_while_it_ends_is_waited_for_too()
    {
        var work = new BackgroundWork(NullLogger.Instance);
        var closed = false;
        work.Start("ending", async cancellationToken =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ContinueWith(
                _ => work.Start("closing", async _ =>
                {
                    await Eventually.NothingMoreAsync();
                    closed = true;
                }),
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
        });
        await Eventually.EndsAsync(work.DisposeAsync().AsTask());
        Assert.True(closed);
    }

    [Fact]
    public async Task Work_that_fails_harms_nobody()
    {
        var work = new BackgroundWork(NullLogger.Instance);
        var ran = false;
        work.Start("failing", _ => throw new InvalidDataException("no"));
        work.Start("fine", _ =>
        {
            ran = true;
            return Task.CompletedTask;
        });
        await Eventually.EndsAsync(work.DrainAsync());
        Assert.True(ran);
        await work.DisposeAsync();
    }

    [Fact]
    public async Task Work_that_comes_after_the_end_is_still_done()
    {
        var work = new BackgroundWork(NullLogger.Instance);
        await work.DisposeAsync();
        var closed = false;
        work.Start("closing something", cancellationToken =>
        {
            closed = cancellationToken.IsCancellationRequested;
            return Task.CompletedTask;
        });
        await Eventually.EndsAsync(work.DrainAsync());
        Assert.True(closed);
    }

    [Fact]
    public async Task Work_does_not_carry_on_the_flow_of_whoever_started_it()
    {
        var work = new BackgroundWork(NullLogger.Instance);
        var local = new AsyncLocal<string> { Value = "listener" };
        var seen = "unset";
        work.Start("looking", _ =>
        {
            seen = local.Value ?? "nothing";
            return Task.CompletedTask;
        });
        await Eventually.EndsAsync(work.DrainAsync());
        Assert.Equal("nothing", seen);
        await work.DisposeAsync();
    }
}
