using System.Globalization;

namespace ContainerSandbox.Parameters;

/// <summary>
/// Moments: a <see cref="DateTimeOffset"/>, a <see cref="DateTime"/>, their text (local time unless it says otherwise), or how long ago it
/// was, as <see cref="Duration"/> reads it.
/// </summary>
internal static class Moment
{
    public static bool TryRead(object value, DateTimeOffset now, out DateTimeOffset moment)
    {
        switch (value)
        {
            case DateTimeOffset given:
                moment = given;
                return true;
            case DateTime given:
                return TryConvert(given, out moment);
        }

        // A time of day is written like a duration: what that can be, it is.
        if (Duration.TryRead(value, out var ago))
        {
            moment = now - ago;
            return true;
        }

        moment = default;
        return value is string text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out moment);
    }

    // The first and the last of all moments have no offset that fits them.
    private static bool TryConvert(DateTime given, out DateTimeOffset moment)
    {
        try
        {
            moment = given;
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            moment = default;
            return false;
        }
    }
}
