namespace SriovPulse.Benchmarks.Exporters;

/// <summary>A program to be measured: a variant of the table.</summary>
/// <param name="Name">Row in the table.</param>
/// <param name="Binary">Path of the executable.</param>
/// <param name="Flags">Flags beside the root and the listen address.</param>
internal sealed record Exporter(string Name, string Binary, params string[] Flags)
{
    /// <summary>Ask for a compressed answer.</summary>
    public bool Gzip { get; init; }

    /// <summary>Reads the Mellanox form of the statistics too.</summary>
    public bool ReadsMellanoxForm { get; init; }

    /// <summary>Looks at the topology at each scrape, so that a vanished VF is missing from the next answer.</summary>
    public bool FollowsTopology { get; init; }

    /// <summary>Size of the executable in MiB.</summary>
    public double BinaryMebibytes => new FileInfo(Binary).Length / 1048576.0;
}
