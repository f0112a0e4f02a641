using System.Text;
using ContainerSandbox.Engine.Sessions;
using CsCheck;

namespace ContainerSandbox.Engine.Tests.Sessions;

/// <summary>Any bytes, cut anywhere, with the mark anywhere.</summary>
public sealed class OutputCollectorTests
{
    // Few different bytes: beginnings of the mark are everywhere.
    private static readonly byte[] Mark = "aabaabaac"u8.ToArray();
    private static readonly Gen<byte[]> Letters = Gen.OneOf((byte)'a', (byte)'b').Array[0, 60];
    private static readonly Gen<byte[]> Bytes = Gen.OneOf(Gen.Byte.Array[0, 60], Letters);

    [Fact]
    public void What_comes_before_the_mark_is_kept_and_what_follows_is_returned() =>
        Gen.Select(Bytes, Bytes, Slices.Any).Sample((before, after, cut) =>
        {
            if (before.Concat(Mark).ToArray().AsSpan().IndexOf(Mark) < before.Length)
                return true;
            var collector = new OutputCollector(Mark, long.MaxValue);
            List<byte> rest = [];
            foreach (var slice in Slices.Cut([.. before, .. Mark, .. after], cut))
            {
                if (collector.Ended)
                    rest.AddRange(slice);
                else
                    rest.AddRange(collector.Accept(slice).ToArray());
            }

            return collector.Ended && !collector.Truncated && collector.Text(out _) == Encoding.UTF8.GetString(before) && rest.SequenceEqual(after);
        });

    [Fact]
    public void Without_a_mark_the_end_brings_out_what_was_held_back() =>
        Gen.Select(Bytes, Slices.Any, Gen.Bool).Sample((bytes, cut, marked) =>
        {
            if (bytes.AsSpan().IndexOf(Mark) >= 0)
                return true;
            var collector = new OutputCollector(marked ? Mark : null, long.MaxValue);
            foreach (var slice in Slices.Cut(bytes, cut))
                Assert.True(collector.Accept(slice).IsEmpty);
            collector.Finish();
            return !collector.Ended && collector.Text(out _) == Encoding.UTF8.GetString(bytes);
        });

    [Fact]
    public void A_limit_keeps_the_beginning_and_says_whether_something_was_dropped() =>
        Gen.Select(Letters, Slices.Any, Gen.Int[0, 80]).Sample((bytes, cut, maximum) =>
        {
            if (bytes.Concat(Mark).ToArray().AsSpan().IndexOf(Mark) < bytes.Length)
                return true;
            var collector = new OutputCollector(Mark, maximum);
            foreach (var slice in Slices.Cut([.. bytes, .. Mark], cut))
                collector.Accept(slice);
            return collector.Ended && collector.Truncated == bytes.Length > maximum
                && collector.Text(out _) == Encoding.ASCII.GetString([.. bytes.Take(maximum)]);
        });

    [Fact]
    public void Valid_text_is_never_called_invalid_wherever_it_is_cut() =>
        Gen.Select(Gen.Int[1, 0x10FFFF].Where(rune => rune is < 0xD800 or > 0xDFFF).Array[1, 20], Gen.Int[0, 80]).Sample((runes, maximum) =>
        {
            var text = string.Concat(runes.Select(char.ConvertFromUtf32));
            var collector = new OutputCollector(null, maximum);
            collector.Accept(Encoding.UTF8.GetBytes(text));
            var kept = collector.Text(out var invalid);
            return !invalid && text.StartsWith(kept, StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(kept) > Math.Min(maximum, Encoding.UTF8.GetByteCount(text)) - 4;
        });

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0x61, 0xE2, 0x82 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    public void Bytes_that_are_no_text_are_called_invalid(byte[] bytes)
    {
        var collector = new OutputCollector(null, 100);
        collector.Accept(bytes);
        collector.Text(out var invalid);
        Assert.True(invalid);
    }

    [Fact]
    public void Memory_stays_bounded_whatever_is_written()
    {
        var chunk = new byte[64 * 1024];
        Array.Fill(chunk, (byte)'a');
        var collector = new OutputCollector(Mark, 10_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < 500; turn++)
            collector.Accept(chunk);
        var perTurn = (GC.GetAllocatedBytesForCurrentThread() - before) / 500;
        Assert.True(collector.Truncated);
        Assert.Equal(10_000, collector.Text(out _).Length);
        Assert.True(perTurn < chunk.Length * 2, $"{perTurn} bytes a read");
    }
}
