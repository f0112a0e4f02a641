namespace ContainerSandbox.Engine.Diagnosis;

/// <summary>Short forms of what checks come to.</summary>
internal static class Findings
{
    public static EngineCheck Passed(string name, string detail) => new() { Name = name, Status = CheckStatus.Passed, Detail = detail };

    public static EngineCheck Warning(string name, string detail, string remedy, bool canRepair = false) =>
        new() { Name = name, Status = CheckStatus.Warning, Detail = detail, Remedy = remedy, CanRepair = canRepair };

    public static EngineCheck Failed(string name, string detail, string remedy) =>
        new() { Name = name, Status = CheckStatus.Failed, Detail = detail, Remedy = remedy };

    public static EngineCheck Unknown(string name, string detail) => new() { Name = name, Status = CheckStatus.Unknown, Detail = detail };
}
