using System.Management.Automation;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>What is opened by name: how it is given, where it is shown, and what is refused.</summary>
public sealed class OpenerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("-User 65534", "UserNotAllowed", 65534L)]
    [InlineData("-AddCapability ALL", "UnknownCapability", "ALL")]
    [InlineData("-Network host", "InvalidNetwork", "host")]
    [InlineData("-SeccompProfile /no/such/profile.json", "InvalidSeccompProfile", "/no/such/profile.json")]
    public void WhatMakesNoSense_IsRefusedBeforeAnEngineIsAsked(string opener, string errorId, object target)
    {
        using var runspace = ModuleRunspace.Open();

        var error = runspace.Run($"Initialize-Sandbox -Endpoint unix:///no/such/engine.sock {opener}").SingleError();

        Assert.StartsWith($"{errorId},", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal(target, error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("User = 65534", "Template.python.User: 65534 is the user that holds")]
    [InlineData("AddCapability = 'CHOWN', 'FLY'", "Template.python.AddCapability: 'CHOWN, FLY' is no list of capabilities")]
    [InlineData("Network = 'a b'", "Template.python.Network: 'a b' is no name of a network")]
    [InlineData("WritableRoot = 'maybe'", "Template.python.WritableRoot: 'maybe' cannot be used here")]
    [InlineData("Image = 'a', 'b'", "Template.python.Image: 'a list' is no text")]
    public void ATemplate_IsRefusedWithThePlace(string line, string problem)
    {
        using var runspace = ModuleRunspace.Open();
        var image = line.StartsWith("Image", StringComparison.Ordinal) ? "" : "Image = 'a'; ";

        var error = runspace.Run($"Initialize-Sandbox -Template @{{ python = @{{ {image}{line} }} }}").SingleError();

        Assert.StartsWith("InvalidTemplate,", error.FullyQualifiedErrorId);
        Assert.Contains(problem, error.Exception.Message);
    }

    [Fact]
    public void WhatIsOpen_StandsOnSandboxPoolAndEnvironment_AndASwitchClosesItAgain()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "profile.json"), """{ "defaultAction": "SCMP_ACT_ALLOW" }""");
        var file = Path.Combine(_folder.FullName, "sandbox.json");
        File.WriteAllText(file, """{ "WritableRoot": true, "AddCapability": ["CHOWN", "KILL"], "SeccompProfile": "profile.json", "WarmupContainers": 0 }""");
        TestEngine.Require();
        using var runspace = ModuleRunspace.Open();

        var sandbox = runspace.Run($"Initialize-Sandbox -ConfigurationFile '{file}' -AddCapability net_bind_service -AllowExecInTmp").Single<SandboxInfo>();
        var profile = Path.Combine(_folder.FullName, "profile.json");
        Assert.Equal($"WritableRoot, AddCapability=NET_BIND_SERVICE, AllowExecInTmp, SeccompProfile={profile}", sandbox.Weakenings);

        var pool = runspace.Run($"New-SandboxPool closed '{sandbox.Image}' -WritableRoot:$false -User 1000 -WarmupContainers 0").Single<SandboxPoolInfo>();
        Assert.Equal($"User=1000, AddCapability=NET_BIND_SERVICE, AllowExecInTmp, SeccompProfile={profile}", pool.Weakenings);
        var environment = runspace.Run("New-AgentEnvironment a closed").Single<AgentEnvironment>();
        Assert.Equal(pool.Weakenings, environment.Weakenings);
        Assert.Equal("1000", runspace.Run("(Invoke-AgentCommand a 'id -u').StandardOutput.Trim()").Single<string>());
    }

    [Fact]
    public void ARuntimeOrNetworkThatTheEngineDoesNotHave_IsNamed()
    {
        using var runspace = ModuleRunspace.OpenInitialized("-WarmupContainers 0");

        Assert.StartsWith("RuntimeNotFound,", runspace.Run("Initialize-Sandbox -Name other -Runtime nosuch").SingleError().FullyQualifiedErrorId);
        var error = runspace.Run("[pscustomobject]@{ AgentId = 'a'; Network = 'nosuch' } | New-AgentEnvironment").SingleError();
        Assert.StartsWith("NetworkNotFound,", error.FullyQualifiedErrorId);
        Assert.Equal("nosuch", error.TargetObject);
        Assert.Equal(["default"], runspace.Run("Get-Sandbox").NoErrors().Of<SandboxInfo>().Select(sandbox => sandbox.Name));
    }
}
