namespace ContainerSandbox.Fault.Tests.Matrix;

/// <summary>The calls that faults are done to, as the proxy's rules name them.</summary>
internal static class EngineCalls
{
    public const string Create = "^POST /containers/create";
    public const string Update = "^POST /containers/[^/]+/update";
    public const string List = "^GET /containers/json";
    public const string Events = "^GET /events";
    public const string RunSession = "^POST /exec/[^/]+/start";
    public const string InspectSession = "^GET /exec/";

    /// <summary>What the engine is asked during an operation.</summary>
    public static IReadOnlyList<string> Of(Operation operation) => operation switch
    {
        Operation.Fill => [Create, RunSession],
        Operation.Claim => [Create, Update],
        Operation.Command => [InspectSession, RunSession],
        Operation.Removal => [List],
        _ => [Events],
    };
}
