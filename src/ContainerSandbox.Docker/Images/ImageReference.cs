using System.Text.RegularExpressions;

namespace ContainerSandbox.Docker.Images;

/// <summary>The name of an image, read as the docker command line reads it.</summary>
internal sealed partial record ImageReference
{
    private ImageReference(string text, string name, string? tag, string? digest)
    {
        Text = text;
        Name = name;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <summary>The repository, with its registry when one was given.</summary>
    public string Name { get; }

    /// <summary>The tag that was given; null when none was.</summary>
    public string? Tag { get; }

    /// <summary>The digest that was given; null when none was.</summary>
    public string? Digest { get; }

    /// <summary>True for the identity of an image, which no registry can be asked for.</summary>
    public bool IsIdentity => Identity().IsMatch(Text);

    /// <summary>What to ask a registry for: the digest, else the tag, else <c>latest</c> (without any, the engine would bring all tags).</summary>
    public string Version => Digest ?? Tag ?? "latest";

    /// <summary>Reads a reference; what is none is an error.</summary>
    public static ImageReference Parse(string reference)
    {
        var match = reference.Length <= 512 ? Reference().Match(reference) : Match.Empty;
        if (!match.Success)
            throw new SandboxException(
                SandboxErrorId.ImageNotFound,
                SandboxErrorCategory.InvalidArgument,
                $"'{Calls.EngineText.Shorten(reference)}' cannot be the name of an image. Write it as `docker pull` takes it, for example debian:stable-slim or registry.example.com:5000/team/image:1.0.",
                reference);
        return new ImageReference(reference, match.Groups["name"].Value, Value(match, "tag"), Value(match, "digest"));
    }

    private static string? Value(Match match, string group) => match.Groups[group] is { Success: true, Value: var value } ? value : null;

    // The grammar of github.com/distribution/reference. It also keeps a name from meaning anything in the path of a request.
    [GeneratedRegex(
        @"\A(?<name>(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::[0-9]+)?/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,128}))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Identity();
}
