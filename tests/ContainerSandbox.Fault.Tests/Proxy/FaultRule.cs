using System.Text.RegularExpressions;

namespace ContainerSandbox.Fault.Tests.Proxy;

/// <summary>Which calls get which fault.</summary>
/// <param name="Call">A pattern for method and path with its query, without the version: <c>^POST /containers/create</c>.</param>
/// <param name="Kind">The fault.</param>
internal sealed record FaultRule(string Call, FaultKind Kind)
{
    /// <summary>Which way it works. A status is the answer's always.</summary>
    public FaultDirection Direction { get; init; }

    /// <summary>How many calls that match pass first.</summary>
    public int Skip { get; init; }

    /// <summary>How many calls get it.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>
    /// How many bytes of the body pass before the connection ends. What has no body is cut in its head.
    /// </summary>
    public int After { get; init; }

    /// <summary>How long it waits.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>The status that is said.</summary>
    public int Status { get; init; } = 500;

    /// <summary>True when it is about this call.</summary>
    public bool IsAbout(MessageHead head) => Regex.IsMatch(head.Call, Call);
}
