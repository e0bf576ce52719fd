namespace SriovPulse.Testing;

/// <summary>Where the checkout and the data beside it are.</summary>
public static class Repository
{
    /// <summary>The checkout's top folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below <c>tests/fixtures</c>.</summary>
    public static string Fixture(params string[] parts) => Path.Combine([Root, "tests", "fixtures", .. parts]);

    /// <summary>A path below <c>../shared/data</c>, test data made elsewhere; null when this machine does not have it.</summary>
    public static string? SharedData(params string[] parts)
    {
        var path = Path.GetFullPath(Path.Combine([Root, "..", "shared", "data", .. parts]));
        return Path.Exists(path) ? path : null;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SriovPulse.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no SriovPulse.sln above {AppContext.BaseDirectory}: run the tests from a checkout");
    }
}
