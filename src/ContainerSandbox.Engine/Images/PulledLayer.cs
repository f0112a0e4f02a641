using ContainerSandbox.Engine.Backends;

namespace ContainerSandbox.Engine.Images;

/// <summary>How far one layer of a pull is, by what the engine says of it.</summary>
internal sealed class PulledLayer
{
    /// <summary>False for what is reported under the name of a layer and is none, such as the tag that is being pulled.</summary>
    public bool IsLayer { get; private set; }

    /// <summary>True when it needs nothing more.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Its size in bytes; 0 while it is not known.</summary>
    public long Total { get; private set; }

    /// <summary>Bytes that have come.</summary>
    public long Fetched { get; private set; }

    /// <summary>Bytes that are unpacked.</summary>
    public long Unpacked { get; private set; }

    /// <summary>Takes in what the engine says.</summary>
    public void Take(ImagePullProgress said)
    {
        switch (said.Status)
        {
            case "Pulling fs layer" or "Waiting":
                IsLayer = true;
                break;
            case "Downloading":
                IsLayer = true;
                Total = Math.Max(Total, said.Total);
                Fetched = Math.Max(Fetched, Math.Min(said.Current, Total));
                break;
            case "Download complete":
                Fetched = Total;
                break;
            case "Extracting":
                IsLayer = true;
                Total = Math.Max(Total, said.Total);
                Fetched = Total;
                Unpacked = Math.Max(Unpacked, Math.Min(said.Current, Total));
                break;
            case "Already exists" or "Pull complete":
                (IsLayer, IsReady) = (true, true);
                Fetched = Unpacked = Total;
                break;
        }
    }
}
