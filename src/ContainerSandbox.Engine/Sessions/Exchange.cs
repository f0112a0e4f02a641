using System.Globalization;
using System.Text;

namespace ContainerSandbox.Engine.Sessions;

/// <summary>One request to a session and what comes back for it.</summary>
internal sealed class Exchange
{
    private const int LongestTrailer = 64;

    // Whoever waits goes on at once on the reader's thread: waking another one costs more than what is left to do.
    private readonly TaskCompletionSource<ExchangeEnd> _end = new();
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _trailer = new();
    private readonly object _gate = new();
    private bool _trailerEnded;
    private bool _closed;
    private readonly bool _marksError;
    private OutputCollector? _beginning;

    private Exchange(string mark, long maximum, bool begins, bool ends, bool marksError)
    {
        var bytes = Encoding.ASCII.GetBytes(mark);
        Mark = mark;
        _marksError = marksError;
        _beginning = begins ? new OutputCollector(bytes, maximum) : null;
        Output = new OutputCollector(ends ? bytes : null, maximum);
        Error = new OutputCollector(marksError ? bytes : null, maximum);
    }

    public string Mark { get; }

    public OutputCollector Output { get; }

    public OutputCollector Error { get; }

    /// <summary>Counts reads, so that a reader can tell whether the streams are quiet.</summary>
    public long Reads { get; private set; }

    /// <summary>True once the session said that it took the request up.</summary>
    public bool HasBegun => _beginning is null;

    /// <summary>Ends when <see cref="HasBegun"/> becomes true, or with the session.</summary>
    public Task Began => _began.Task;

    /// <summary>Ends with the exit code and the number of processes left, or with the end of the session.</summary>
    public Task<ExchangeEnd> End => _end.Task;

    /// <summary>A request that is no command: answered by a mark on standard output.</summary>
    public static Exchange Control(string mark) => new(mark, 4096, begins: false, ends: true, marksError: false);

    /// <summary>A command of a worker: a mark with a plus before it, and a mark on each stream after it.</summary>
    public static Exchange Worker(string mark, long maximum) => new(mark, maximum, begins: true, ends: true, marksError: true);

    /// <summary>A command that the session becomes: a mark with a plus before it; its end is the session's.</summary>
    public static Exchange OneShot(string mark, long maximum) => new(mark, maximum, begins: true, ends: false, marksError: false);

    /// <summary>Takes what the session wrote to its standard output.</summary>
    public void AcceptOutput(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            Reads++;
            if (!_closed)
                TakeOutput(data);
        }
    }

    /// <summary>Takes what the session wrote to its standard error.</summary>
    public void AcceptError(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            Reads++;

            // What comes after the mark is that of a process which was left, while the other mark is still on its way.
            if (_closed || Error.Ended)
                return;
            Error.Accept(data);
            CompleteWhenMarked();
        }
    }

    /// <summary>Takes nothing more: what was kept can be read while a process that was left writes on.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
    }

    /// <summary>The session ended, in order when there is no failure.</summary>
    public void EndWithSession(Exception? failure)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                Output.Finish();
                Error.Finish();
            }
        }

        _began.TrySetResult();
        _end.TrySetResult(new ExchangeEnd(null, 0, failure));
    }

    private void TakeOutput(ReadOnlySpan<byte> data)
    {
        if (_beginning is { Ended: false })
        {
            var rest = _beginning.Accept(data);
            if (_beginning.Ended)
                TakeOutput(rest.Span);
        }
        else if (_beginning is not null)
        {
            if (!data.IsEmpty)
                TakeBeginning(data);
        }
        else if (Output.Ended)
        {
            AcceptTrailer(data);
        }
        else
        {
            AcceptTrailer(Output.Accept(data).Span);
        }
    }

    // The mark of an end instead: what was to become the command was ended before it took it up.
    private void TakeBeginning(ReadOnlySpan<byte> data)
    {
        if (data[0] == '+')
        {
            _beginning = null;
            _began.TrySetResult();
            TakeOutput(data[1..]);
            return;
        }

        _closed = true;
        _began.TrySetResult();
        _end.TrySetResult(new ExchangeEnd(null, 0, null));
    }

    // One line: whatever follows it was written by a process that was left.
    private void AcceptTrailer(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || _trailerEnded)
            return;
        var end = data.IndexOf((byte)'\n');
        var line = end < 0 ? data : data[..end];
        _trailer.Append(Encoding.ASCII.GetString(line[..Math.Min(line.Length, LongestTrailer)]));
        _trailerEnded = end >= 0 || _trailer.Length >= LongestTrailer;
        CompleteWhenMarked();
    }

    private void CompleteWhenMarked()
    {
        if (!_trailerEnded || (_marksError && !Error.Ended))
            return;
        var words = _trailer.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 2 && Parse(words[0]) is { } exitCode && Parse(words[1]) is { } left)
            _end.TrySetResult(new ExchangeEnd(exitCode, left, null));
        else
            _end.TrySetResult(new ExchangeEnd(null, 0, new FormatException("The session's answer is not of the agreed form.")));
    }

    private static int? Parse(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
