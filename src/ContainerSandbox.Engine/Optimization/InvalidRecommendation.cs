namespace ContainerSandbox.Engine.Optimization;

/// <summary>What is said of recommendations that nobody here made.</summary>
internal static class InvalidRecommendation
{
    /// <summary>The value cannot be one of the setting.</summary>
    public static SandboxException Value(string setting, string value, string wanted) =>
        Because($"'{value}' is no value of {setting}: {wanted} is wanted", value);

    /// <summary>There is no such setting.</summary>
    public static SandboxException Setting(string setting) => Because($"'{setting}' cannot be changed by a recommendation", setting);

    private static SandboxException Because(string why, string target) => new(
        SandboxErrorId.InvalidRecommendation,
        SandboxErrorCategory.InvalidArgument,
        $"The recommendation cannot be carried out: {why}. Take those that Get-SandboxRecommendation emits.",
        target);
}
