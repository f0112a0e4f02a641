using System.Net.Sockets;
using ContainerSandbox.Docker.Connecting.Ssh;
using Docker.DotNet.Handler.Abstractions;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Client;

namespace ContainerSandbox.Docker.Connecting;

/// <summary>
/// Carries the library's requests over sockets opened here: with a deadline for each connection, no proxy (one that the environment
/// names would be asked for the local socket) and no redirect (an engine sends none; who does is not an engine).
/// </summary>
internal sealed class EngineTransport(EngineEndpoint endpoint, ConnectSocket connect, TimeProvider timeProvider)
    : IDockerHandlerFactory<EngineEndpoint>
{
    // The way over ssh may have to be opened first; whoever asks has a deadline too.
    private readonly TimeSpan _connectDeadline = endpoint.Uri.Scheme == "ssh" ? SshTunnel.Deadline : TimeSpan.FromSeconds(1.5);

    public ResolvedTransport CreateHandler(ResolvedClientOptions clientOptions, ILogger logger) =>
        CreateHandler(endpoint, clientOptions, logger);

    public ResolvedTransport CreateHandler(EngineEndpoint transportOptions, ResolvedClientOptions clientOptions, ILogger logger)
    {
        var handler = new ManagedHandler((_, _, cancellationToken) => OpenAsync(cancellationToken), logger)
        {
            UseProxy = false,
            RedirectMode = RedirectMode.None,
        };
        var scheme = Uri.UriSchemeHttp;
        if (endpoint.Certificates is { } certificates)
        {
            scheme = Uri.UriSchemeHttps;
            handler.ClientCertificates = certificates.Own;
            handler.ServerCertificateValidationCallback = (_, certificate, chain, errors) => certificates.Accept(certificate, chain, errors);
        }

        var uri = endpoint.Uri.Scheme == "tcp" ? new UriBuilder(endpoint.Uri) { Scheme = scheme }.Uri : new Uri("http://engine/");
        return new ResolvedTransport(new ResponseLimit(handler), uri);
    }

    public Task<WriteClosableStream> HijackStreamAsync(HttpContent content) =>
        content is HttpConnectionResponseContent connection
            ? Task.FromResult(connection.HijackStream())
            : throw new NotSupportedException("The engine did not hand over the connection.");

    private async Task<Socket> OpenAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_connectDeadline, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await connect(endpoint, linked.Token).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw new EngineUnreachableException(e.SocketErrorCode, Reason(e), e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineUnreachableException(SocketError.TimedOut, $"no connection within {_connectDeadline.TotalSeconds:0.#} s", e);
        }
    }

    private string Reason(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressNotAvailable or SocketError.SocketError when endpoint.Uri.Scheme == "unix" => "no such socket",
        SocketError.ConnectionRefused when endpoint.Uri.Scheme == "unix" => "the socket is there, but nothing listens on it",
        SocketError.ConnectionRefused => "connection refused",
        SocketError.AccessDenied => "access denied",
        _ => e.Message,
    };
}
