using System.Diagnostics;

namespace ContainerSandbox.Engine.Tests.Fakes;

/// <summary>Waits for what other threads are about to do. Only a test that fails takes long.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                Assert.Fail($"It never came to this: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    /// <summary>Lets time pass in steps until something is so.</summary>
    public static Task PassTimeAsync(TestClock clock, TimeSpan step, Func<bool> condition, string what) => TrueAsync(
        () =>
        {
            if (condition())
                return true;
            clock.Advance(step);
            return condition();
        },
        what);

    /// <summary>Lets time pass in steps until a task ends, and returns its result.</summary>
    public static async Task<T> PassTimeAsync<T>(TestClock clock, TimeSpan step, Task<T> task)
    {
        await PassTimeAsync(clock, step, () => task.IsCompleted, "the task ends");
        return await task;
    }

    /// <summary>Waits for a task, and fails when it does not end.</summary>
    public static Task<T> EndsAsync<T>(Task<T> task) => task.WaitAsync(Patience);

    /// <summary>Waits for a task, and fails when it does not end.</summary>
    public static Task EndsAsync(Task task) => task.WaitAsync(Patience);

    /// <summary>Gives other threads the time to do what they should not.</summary>
    public static async Task NothingMoreAsync()
    {
        for (var turn = 0; turn < 20; turn++)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
    }

    /// <summary>The error that a task ends in after a while.</summary>
    public static async Task<SandboxException> FailsAsync(TestClock clock, Task task, string errorId)
    {
        await PassTimeAsync(clock, TimeSpan.FromMilliseconds(100), () => task.IsCompleted, "the task ends");
        return await FailsAsync(task, errorId);
    }

    /// <summary>The error that a task ends in.</summary>
    public static async Task<SandboxException> FailsAsync(Task task, string errorId)
    {
        var exception = await Assert.ThrowsAsync<SandboxException>(() => task.WaitAsync(Patience));
        Assert.Equal(errorId, exception.ErrorId);
        return exception;
    }
}
