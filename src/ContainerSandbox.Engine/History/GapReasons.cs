namespace ContainerSandbox.Engine.History;

/// <summary>The reasons why figures are missing, each kept once and known by a number; 0 is none.</summary>
internal sealed class GapReasons
{
    private const int MaximumReasons = 500;
    private const int MaximumLength = 200;
    private const string Other = "(the reason was one of too many to be kept)";

    private readonly Dictionary<string, ushort> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _reasons = ["", Other];

    public string this[ushort number] => _reasons[number];

    public ushort NumberOf(string reason)
    {
        if (reason.Length == 0)
            return 0;
        var kept = reason.Length > MaximumLength ? reason[..MaximumLength] : reason;
        if (_numbers.TryGetValue(kept, out var number))
            return number;
        if (_reasons.Count >= MaximumReasons)
            return 1;
        number = (ushort)_reasons.Count;
        _reasons.Add(kept);
        _numbers.Add(kept, number);
        return number;
    }
}
