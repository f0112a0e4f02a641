using System.Management.Automation;
using Xunit;

namespace ContainerSandbox.Module.Tests.Support;

/// <summary>What a script left on its streams.</summary>
internal sealed record ScriptResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<ProgressRecord> Progress)
{
    public IReadOnlyList<T> Of<T>() => [.. Output.Select(item => Assert.IsType<T>(item.BaseObject))];

    public T Single<T>()
    {
        NoErrors();
        return Assert.IsType<T>(Assert.Single(Output).BaseObject);
    }

    public ErrorRecord SingleError() => Assert.Single(Errors);

    public ScriptResult NoErrors()
    {
        Assert.Empty(Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"));
        return this;
    }
}
