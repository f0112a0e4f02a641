using System.Management.Automation;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>What is refused before anything is done. None of it needs an engine.</summary>
public sealed class BindingTests
{
    [Theory]
    [InlineData("New-AgentEnvironment a -Memory 0", "'512m'")]
    [InlineData("New-AgentEnvironment a -Memory '0MB'", "'512m'")]
    [InlineData("New-AgentEnvironment a -Memory -5", "'512m'")]
    [InlineData("New-AgentEnvironment a -Memory lots", "'1.5GiB'")]
    [InlineData("New-AgentEnvironment a -Cpu 0", "'500m'")]
    [InlineData("New-AgentEnvironment a -Cpu fast", "'500m'")]
    [InlineData("New-AgentEnvironment a -PidsLimit 0", "1 or more")]
    [InlineData("New-AgentEnvironment a -PidsLimit 1.5", "1 or more")]
    [InlineData("New-AgentEnvironment a -EnvironmentVariable novalue", "name=value")]
    [InlineData("New-AgentEnvironment a -Tag 7", "name=value")]
    [InlineData("Initialize-Sandbox -WarmupContainers -1", "0 or more")]
    [InlineData("Initialize-Sandbox -StartupTimeout 0", "more than 0")]
    [InlineData("Initialize-Sandbox -StartupTimeout soon", "'30s'")]
    [InlineData("Initialize-Sandbox -ThrottleLimit 0", "1 or more")]
    [InlineData("Initialize-Sandbox -Memory 0", "'512m'")]
    [InlineData("Invoke-AgentCommand a b -TimeoutSeconds 0", "more than 0")]
    [InlineData("Invoke-AgentCommand a b -MaximumOutput 0", "'512m'")]
    [InlineData("Invoke-AgentCommand a b -ThrottleLimit 0", "1 or more")]
    [InlineData("Remove-AgentEnvironment a -GracePeriod -1", "0 or more")]
    [InlineData("Get-SandboxResourceHistory -Since soon", "'7d'")]
    [InlineData("Get-SandboxResourceHistory -Since 0", "more than 0")]
    [InlineData("Get-SandboxResourceHistory -Since -5m", "more than 0")]
    [InlineData("Get-SandboxResourceHistory -Newest 0", "1 or more")]
    [InlineData("Get-SandboxResourceHistory -Resolution 5m", "TenMinutes")]
    [InlineData("Get-SandboxResourceHistory -Resolution 2", "TenMinutes")]
    [InlineData("Get-SandboxResourceHistory -Resolution fine", "'10s'")]
    [InlineData("Get-SandboxPool -Sandbox 5", "Initialize-Sandbox")]
    public void Value_ThatMakesNoSense_IsRefusedWithTheAcceptedForms(string script, string form)
    {
        using var runspace = ModuleRunspace.Open();

        var error = runspace.Run(script).SingleError();

        Assert.StartsWith("ParameterArgumentTransformationError,", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Contains(form, error.Exception.Message);
    }

    [Theory]
    [InlineData("Invoke-AgentCommand -AgentId '' -Command true")]
    [InlineData("Remove-AgentEnvironment -AgentId ''")]
    [InlineData("[pscustomobject]@{ AgentId = '' } | Remove-AgentEnvironment")]
    [InlineData("[pscustomobject]@{ AgentId = '' } | Invoke-AgentCommand -Command true")]
    public void AgentId_ThatIsEmpty_IsAnErrorWhereSomethingIsDoneToIt(string script)
    {
        using var runspace = ModuleRunspace.Open();

        var error = runspace.Run(script).SingleError();

        Assert.StartsWith("ParameterArgumentValidationErrorEmptyStringNotAllowed,", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
    }

    [Fact]
    public void Initialize_TakesTheWorkspaceAloneByPosition()
    {
        using var runspace = ModuleRunspace.Open();

        var error = runspace.Run("Initialize-Sandbox . busybox").SingleError();

        Assert.StartsWith("PositionalParameterNotFound,", error.FullyQualifiedErrorId);
    }

    [Fact]
    public void Input_OfAnotherType_IsRefusedBeforeAnythingRuns()
    {
        using var runspace = ModuleRunspace.Open();

        var error = runspace.Run("'text', 5 | Invoke-AgentCommand a cat").SingleError();

        Assert.StartsWith("InvalidInputObject,", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidType, error.CategoryInfo.Category);
        Assert.Equal(5, Assert.IsType<PSObject>(error.TargetObject).BaseObject);
    }

    [Fact]
    public void File_ThatIsMissing_IsAnError()
    {
        using var runspace = ModuleRunspace.Open();

        var error = runspace.Run("Invoke-AgentCommand a -FilePath /no/such/script.sh").SingleError();

        Assert.StartsWith("FileNotReadable,", error.FullyQualifiedErrorId);
        Assert.Equal("/no/such/script.sh", error.TargetObject);
    }
}
