using System.Net;

namespace ContainerSandbox.Docker.Connecting;

/// <summary>The body of an answer, up to a size that none of an engine's answers comes near.</summary>
internal sealed class LimitedContent : HttpContent
{
    private const long Most = 32 * 1024 * 1024;
    private readonly HttpContent _inner;

    public LimitedContent(HttpContent inner)
    {
        _inner = inner;
        foreach (var header in inner.Headers)
            Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var body = await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[16 * 1024];
        long total = 0;
        int count;
        while ((count = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            total += count;
            if (total > Most)
                throw new InvalidOperationException("The answer is longer than any answer of an engine.");
            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
