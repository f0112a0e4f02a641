using System.Net;

namespace ContainerSandbox.Docker.Connecting;

/// <summary>Ends answers that grow without end: the library keeps each whole in memory, and who answers may not be who it seems.</summary>
internal sealed class ResponseLimit(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        // A connection that was handed over is read piece by piece, as are the two answers that go on for as long as somebody listens.
        var flows = response.StatusCode == HttpStatusCode.SwitchingProtocols
            || (response.IsSuccessStatusCode && request.RequestUri?.AbsolutePath is { } path
                && (path.EndsWith("/events", StringComparison.Ordinal) || path.EndsWith("/images/create", StringComparison.Ordinal)));
        if (!flows)
            response.Content = new LimitedContent(response.Content);
        return response;
    }
}
