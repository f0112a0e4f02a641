using Microsoft.Extensions.Logging;

namespace ContainerSandbox.Engine.Hosting;

/// <summary>What the engine says while it works.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Debug, "In the background: {What} failed.")]
    public static partial void BackgroundWorkFailed(ILogger logger, string what, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "Connected to {Engine}, API {ApiVersion}.")]
    public static partial void Connected(ILogger logger, EngineInfo engine, string apiVersion);

    [LoggerMessage(3, LogLevel.Information, "Removed '{Name}', which a dead owner had left.")]
    public static partial void OrphanRemoved(ILogger logger, string name);

    [LoggerMessage(4, LogLevel.Warning, "'{Name}' was left by a dead owner and could not be removed: {Reason}")]
    public static partial void OrphanStays(ILogger logger, string name, string reason);

    [LoggerMessage(5, LogLevel.Debug, "Slot '{Name}' is ready after {Milliseconds:F0} ms.")]
    public static partial void SlotReady(ILogger logger, string name, double milliseconds);

    [LoggerMessage(6, LogLevel.Warning, "A container could not be started for the pool: {Reason}")]
    public static partial void SlotFailed(ILogger logger, string reason);

    [LoggerMessage(7, LogLevel.Debug, "Slot '{Name}' was discarded: {Reason}")]
    public static partial void SlotDiscarded(ILogger logger, string name, string reason);

    [LoggerMessage(8, LogLevel.Information, "'{AgentId}' has '{Name}' ({Source}, {Reason}) after {Milliseconds:F2} ms.")]
    public static partial void Claimed(ILogger logger, string agentId, string name, StartupSource source, MissReason reason, double milliseconds);

    [LoggerMessage(9, LogLevel.Warning, "The environment of '{AgentId}' is lost: {Reason}")]
    public static partial void EnvironmentLost(ILogger logger, string agentId, string reason);

    [LoggerMessage(10, LogLevel.Debug, "The event feed ended: {Reason} It is opened again.")]
    public static partial void FeedEnded(ILogger logger, string reason);

    [LoggerMessage(18, LogLevel.Debug, "The engine's containers could not be compared with those known here: {Reason}")]
    public static partial void SweepFailed(ILogger logger, string reason);

    [LoggerMessage(19, LogLevel.Debug, "Another container has the name '{Name}'; the next one is tried.")]
    public static partial void NameTaken(ILogger logger, string name);

    [LoggerMessage(11, LogLevel.Information, "Bringing the image '{Image}' from its registry.")]
    public static partial void Pulling(ILogger logger, string image);

    [LoggerMessage(12, LogLevel.Warning, "The pool of '{Specialization}' has {Ready} of {Target} containers after {Seconds:F0} s; the rest is started in the background.")]
    public static partial void FillingGoesOn(ILogger logger, string specialization, int ready, int target, double seconds);

    [LoggerMessage(13, LogLevel.Information, "'{Name}' is {Outcome} after {Milliseconds:F0} ms.")]
    public static partial void Removed(ILogger logger, string name, string outcome, double milliseconds);

    [LoggerMessage(14, LogLevel.Debug, "The container of '{AgentId}' keeps its name: {Reason}")]
    public static partial void RenameFailed(ILogger logger, string agentId, string reason);

    [LoggerMessage(15, LogLevel.Warning, "Whether everything of the sandbox is gone could not be asked: {Reason}")]
    public static partial void RestNotListed(ILogger logger, string reason);

    [LoggerMessage(16, LogLevel.Warning, "'{Name}' should be gone and is tried again until it is: {Reason}")]
    public static partial void Quarantined(ILogger logger, string name, string reason);

    [LoggerMessage(17, LogLevel.Information, "'{Name}' is gone at last.")]
    public static partial void QuarantineLeft(ILogger logger, string name);

    [LoggerMessage(20, LogLevel.Warning, "No template has the specialization '{Specialization}' (there are: {Known}); the default template serves it.")]
    public static partial void UnknownSpecialization(ILogger logger, string specialization, string known);

    [LoggerMessage(21, LogLevel.Warning, "The pool of '{Specialization}' could not be filled and is tried again: {Reason}")]
    public static partial void TemplateNotReady(ILogger logger, string specialization, string reason);

    [LoggerMessage(22, LogLevel.Information, "The name '{Image}' stands for another image now: the containers of the pool '{Specialization}' are replaced")]
    public static partial void ImageMoved(ILogger logger, string image, string specialization);

    [LoggerMessage(31, LogLevel.Debug, "A sweep of the monitor failed.")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(40, LogLevel.Information, "The network '{Name}' keeps containers apart; to make and prove it took {Milliseconds:F0} ms.")]
    public static partial void NetworkProved(ILogger logger, string name, double milliseconds);

    [LoggerMessage(42, LogLevel.Warning, "What a dead owner had moved from the workspace of '{AgentId}' is in '{Folder}' and could not be moved back; move it by hand: {Reason}")]
    public static partial void WorkspaceNotRecovered(ILogger logger, string folder, string agentId, string reason);

    [LoggerMessage(41, LogLevel.Warning, "'{Folder}' was left by a dead owner and stays: {Reason}")]
    public static partial void WorkspaceFolderStays(ILogger logger, string folder, string reason);

    [LoggerMessage(43, LogLevel.Debug, "A claim with a workspace could not be rehearsed: {Reason}")]
    public static partial void WorkspaceNotRehearsed(ILogger logger, string reason);

    [LoggerMessage(44, LogLevel.Debug, "The workspace '{Folder}' could not be put in order: {Reason}")]
    public static partial void WorkspaceNotClosed(ILogger logger, string folder, string reason);

    [LoggerMessage(45, LogLevel.Warning, "A recommendation ({Kind}) could not be carried out.")]
    public static partial void OptimizationFailed(ILogger logger, RecommendationKind kind, Exception exception);
}
