using System.Diagnostics;
using System.Management.Automation;
using System.Net.Sockets;
using ContainerSandbox.Module.Tests.Support;
using Xunit;

namespace ContainerSandbox.Module.Tests;

/// <summary>Errors of Initialize-Sandbox: what failed, on what, what next, and soon.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void Engine_ThatIsNowhere_IsToldWithinTwoSeconds()
    {
        using var runspace = ModuleRunspace.Open();
        var watch = Stopwatch.StartNew();

        var error = runspace.Run("Initialize-Sandbox -Endpoint unix:///no/such/engine.sock -Image any").SingleError();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), watch.Elapsed.ToString());
        AssertError(error, "EngineNotFound", ErrorCategory.ResourceUnavailable);
        Assert.Contains("/no/such/engine.sock", error.Exception.Message);
    }

    [Fact]
    public void Engine_ThatNeverAnswers_IsToldWithinFiveSeconds()
    {
        var path = Path.Combine(Path.GetTempPath(), $"cs-mute-{Guid.NewGuid():N}.sock");
        using var mute = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        mute.Bind(new UnixDomainSocketEndPoint(path));
        mute.Listen();
        using var runspace = ModuleRunspace.Open();
        var watch = Stopwatch.StartNew();

        var error = runspace.Run($"Initialize-Sandbox -Endpoint unix://{path} -Image any").SingleError();
        File.Delete(path);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), watch.Elapsed.ToString());
        AssertError(error, "EngineNotResponding", ErrorCategory.OperationTimeout);
    }

    [Fact]
    public void Image_ThatIsNowhere_IsNamed()
    {
        TestEngine.Require();
        using var runspace = ModuleRunspace.Open();

        var error = runspace.Run("Initialize-Sandbox -Image containersandbox-nosuch:1").SingleError();

        AssertError(error, "ImageNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("containersandbox-nosuch:1", error.TargetObject);
        Assert.Empty(runspace.Run("Get-Sandbox").NoErrors().Output);
    }

    [Fact]
    public void Endpoint_OfAnUnknownKind_IsNamed()
    {
        using var runspace = ModuleRunspace.Open();

        var error = runspace.Run("Initialize-Sandbox -Endpoint ftp://somewhere -Image any").SingleError();

        AssertError(error, "EndpointNotSupported", ErrorCategory.InvalidArgument);
        Assert.Equal("ftp://somewhere", error.TargetObject);
    }

    [Fact]
    public void Error_CanBeCaughtByItsId()
    {
        using var runspace = ModuleRunspace.Open();

        var caught = runspace.Run("try { Initialize-Sandbox -Endpoint unix:///no/such.sock -Image any } catch { $_.FullyQualifiedErrorId }");

        Assert.StartsWith("EngineNotFound,", caught.Single<string>());
    }

    private static void AssertError(ErrorRecord error, string id, ErrorCategory category)
    {
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
    }
}
