using System.Runtime.InteropServices;

namespace ContainerSandbox.Engine.Workspaces.Files;

/// <summary>The kernel refused something that was to be done with a file.</summary>
/// <param name="what">What was to be done.</param>
/// <param name="number">The kernel's number of the reason.</param>
internal sealed class FileCallException(string what, int number) : IOException($"{what}: {Marshal.GetPInvokeErrorMessage(number)}")
{
    public const int NotPermitted = 1;
    public const int NotThere = 2;
    public const int AccessDenied = 13;
    public const int Exists = 17;
    public const int NoFolder = 20;
    public const int Invalid = 22;
    public const int TooManyNames = 31;
    public const int NotImplemented = 38;
    public const int NotEmpty = 39;
    public const int TooManyLinks = 40;
    public const int NotSupported = 95;

    public int Number => number;

    /// <summary>For the call that failed last on this thread.</summary>
    public static FileCallException Last(string what) => new(what, Marshal.GetLastPInvokeError());
}
