using System.Globalization;

namespace SriovPulse.Agent.Ownership.Libvirt;

/// <summary>A libvirt file is not what libvirt writes; the message names file, line and field.</summary>
public sealed class DomainXmlException(string file, int line, int column, string problem, Exception? inner = null)
    : FormatException(string.Create(CultureInfo.InvariantCulture, $"{file}:{line}:{column}: {problem}"), inner)
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>Line, from 1.</summary>
    public int Line { get; } = line;
}
