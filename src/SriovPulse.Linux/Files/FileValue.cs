using System.Diagnostics.CodeAnalysis;

namespace SriovPulse.Linux.Files;

/// <summary>A value read from a file, or why there is none.</summary>
/// <param name="Status">How the read ended.</param>
/// <param name="Value">The value; default unless <paramref name="Status"/> is <see cref="ReadStatus.Ok"/>.</param>
/// <typeparam name="T">Type of the value.</typeparam>
public readonly record struct FileValue<T>(ReadStatus Status, T? Value)
{
    /// <summary>A value that was read.</summary>
    public FileValue(T value)
        : this(ReadStatus.Ok, value)
    {
    }

    /// <summary>Why there is no value.</summary>
    public FileValue(ReadStatus status)
        : this(status, default)
    {
    }

    /// <summary>Whether there is a value.</summary>
    public bool HasValue => Status == ReadStatus.Ok;

    /// <summary>The value; false when there is none.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        value = Value;
        return HasValue;
    }

    /// <summary>The value, or another one when there is none.</summary>
    public T Or(T otherwise) => HasValue ? Value! : otherwise;
}
