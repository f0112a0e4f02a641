using Xunit;

namespace ContainerSandbox.Presentation.Tests;

/// <summary>A test that needs a browser: Chromium, which is too large to be brought for it. It is left out where none is on the PATH.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Browser.Find() is null)
            Skip = "There is no chromium on the PATH (apt-get install chromium).";
    }
}
