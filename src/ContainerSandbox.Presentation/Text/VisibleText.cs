using System.Globalization;
using System.Text;

namespace ContainerSandbox.Presentation.Text;

/// <summary>Makes a string of somebody else's fit to be looked at: what would be invisible, or would move or hide other text, becomes visible.</summary>
internal static class VisibleText
{
    /// <summary>The most characters of one string that are shown.</summary>
    public const int Longest = 500;

    /// <summary>The string, cut where it is too long.</summary>
    public static string Of(string text)
    {
        var visible = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (visible.Length >= Longest)
                return visible.Append('…').ToString();
            Append(visible, rune);
        }

        return visible.ToString();
    }

    private static void Append(StringBuilder visible, Rune rune)
    {
        if (IsHidden(rune))
            visible.Append(CultureInfo.InvariantCulture, $"⟨U+{rune.Value:X4}⟩");
        else
            visible.Append(rune.ToString());
    }

    // Format characters hold the marks that turn the direction of what follows; the rest of these XML does not allow, or nobody can see.
    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
