using System.Globalization;
using System.Text.RegularExpressions;

namespace ContainerSandbox.Docker.Connecting.Ssh;

/// <summary>A machine that is reached over ssh, and the engine's socket there.</summary>
internal sealed partial record SshTarget
{
    private const string UsualSocket = "/var/run/docker.sock";
    private readonly Uri _address;

    public SshTarget(EngineEndpoint endpoint)
    {
        Address = endpoint.ToString();
        _address = endpoint.Uri;
        var path = Uri.UnescapeDataString(_address.AbsolutePath);
        Socket = path is "" or "/" ? UsualSocket : path;
    }

    /// <summary>The address as people write it.</summary>
    public string Address { get; }

    /// <summary>The machine.</summary>
    public string Host => _address.IdnHost;

    /// <summary>The engine's socket there.</summary>
    public string Socket { get; }

    /// <summary>What ssh is told to connect to; what is not given is found in the user's own settings.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        .. _address.UserInfo.Length > 0 ? ["-l", Uri.UnescapeDataString(_address.UserInfo)] : Array.Empty<string>(),
        .. _address.Port > 0 ? ["-p", _address.Port.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        "--",
        Host,
    ];

    /// <summary>The command by which a person connects to it.</summary>
    public string ByHand =>
        $"ssh {(_address.Port > 0 ? $"-p {_address.Port} " : "")}{(_address.UserInfo.Length > 0 ? Uri.UnescapeDataString(_address.UserInfo) + "@" : "")}{Host} true";

    /// <summary>True for an address none of whose parts ssh or a shell can take for anything else.</summary>
    public static bool Accepts(Uri address) =>
        address.Host.Length > 0 && !address.Host.StartsWith('-') && address.Query.Length == 0 && address.Fragment.Length == 0
        && User().IsMatch(Uri.UnescapeDataString(address.UserInfo)) && Path().IsMatch(Uri.UnescapeDataString(address.AbsolutePath));

    [GeneratedRegex(@"\A([A-Za-z0-9_.][A-Za-z0-9_.@\\+-]*)?\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex User();

    [GeneratedRegex(@"\A[A-Za-z0-9/._+@,=~ -]*\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}
