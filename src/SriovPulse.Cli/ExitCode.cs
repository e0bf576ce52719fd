namespace SriovPulse.Cli;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Success = 0;

    /// <summary>Something was found, or failed.</summary>
    public const int Failure = 1;

    /// <summary>The command was not understood.</summary>
    public const int WrongUsage = 2;
}
