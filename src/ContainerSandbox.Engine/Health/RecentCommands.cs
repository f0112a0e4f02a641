namespace ContainerSandbox.Engine.Health;

/// <summary>Counts the commands of the last five minutes, in pieces of half a minute.</summary>
internal sealed class RecentCommands(TimeProvider timeProvider)
{
    private const int Pieces = 10;
    private static readonly TimeSpan Piece = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly (long Number, CommandCounts Counts)[] _pieces = new (long, CommandCounts)[Pieces];

    /// <summary>A command ended with a result.</summary>
    public void Ended(CommandResult result) =>
        Add(new CommandCounts(1, result is { OomKilled: true, TimedOut: false } ? 1 : 0, result.TimedOut ? 1 : 0));

    /// <summary>A command ended without one.</summary>
    public void Failed() => Add(new CommandCounts(1, 1, 0));

    /// <summary>Those of the last minutes.</summary>
    public CommandCounts Read()
    {
        var newest = Number();
        lock (_gate)
            return _pieces.Where(piece => newest - piece.Number < Pieces).Aggregate(default(CommandCounts), (sum, piece) => sum + piece.Counts);
    }

    private void Add(CommandCounts counts)
    {
        var number = Number();
        lock (_gate)
        {
            ref var piece = ref _pieces[number % Pieces];
            piece = (number, piece.Number == number ? piece.Counts + counts : counts);
        }
    }

    private long Number() => timeProvider.GetElapsedTime(0).Ticks / Piece.Ticks;
}
