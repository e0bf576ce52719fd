using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SriovPulse.Linux.Sysfs;

/// <summary>Strings for names that are read again and again (drivers, netdevs), so that reading them again allocates nothing.</summary>
internal sealed class NamePool
{
    // A host has hundreds of names; what is beyond came from devices being renamed and recreated without end.
    private const int Limit = 8192;

    private readonly HashSet<string> _names;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<byte>> _byUtf8;

    public NamePool()
    {
        _names = new HashSet<string>(new Utf8Comparer());
        _byUtf8 = _names.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public string Get(ReadOnlySpan<byte> utf8)
    {
        lock (_names)
        {
            if (_byUtf8.TryGetValue(utf8, out var known))
            {
                return known;
            }

            if (_names.Count >= Limit)
            {
                _names.Clear();
            }

            var name = Encoding.UTF8.GetString(utf8);
            _names.Add(name);
            return name;
        }
    }

    private sealed class Utf8Comparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
    {
        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public bool Equals(ReadOnlySpan<byte> alternate, string other) => Ascii.Equals(alternate, other);

        public string Create(ReadOnlySpan<byte> alternate) => Encoding.UTF8.GetString(alternate);

        public int GetHashCode([DisallowNull] string obj)
        {
            // Only ASCII names are ever found again, so only their hash has to agree with that of the bytes.
            var hash = 0;
            foreach (var c in obj)
            {
                hash = (hash * 31) + c;
            }

            return hash;
        }

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = 0;
            foreach (var c in alternate)
            {
                hash = (hash * 31) + c;
            }

            return hash;
        }
    }
}
