namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>Tells whether a file is another than before. Through an open descriptor, so that links are followed: Kubernetes renews mounted secrets by swapping one.</summary>
/// <param name="Exists">Whether it can be opened.</param>
/// <param name="Modified">When it was written.</param>
/// <param name="Length">Its length.</param>
internal readonly record struct FileStamp(bool Exists, DateTime Modified, long Length)
{
    public static FileStamp Of(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return new(true, File.GetLastWriteTimeUtc(file), RandomAccess.GetLength(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
