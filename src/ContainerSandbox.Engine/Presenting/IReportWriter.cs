namespace ContainerSandbox.Engine.Presenting;

/// <summary>Makes a report for people of what is known of a sandbox. Found by name, so that the engine knows no format.</summary>
public interface IReportWriter
{
    /// <summary>Writes the whole report.</summary>
    /// <param name="content">What it is to show. Its strings come from agents and images: none of them is trusted.</param>
    /// <param name="writer">Takes the text.</param>
    void Write(ReportContent content, TextWriter writer);
}
