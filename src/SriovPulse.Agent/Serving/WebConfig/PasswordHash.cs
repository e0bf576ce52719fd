using System.Buffers;
using System.Globalization;

namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>bcrypt hashes in the customary text form: <c>$2y$10$</c>, 22 characters of salt, 31 of hash.</summary>
internal static class PasswordHash
{
    // bcrypt's own base 64.
    private static readonly SearchValues<char> s_digits = SearchValues.Create("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    public static bool IsBcrypt(string hash) => hash.Length == 60 && Cost(hash) is >= 4 and <= 31 && !hash.AsSpan(7).ContainsAnyExcept(s_digits);

    /// <summary>How dear the hash is to compute, a power of two; 0 when the text is none.</summary>
    public static int Cost(string hash) =>
        hash.Length > 7 && hash.StartsWith("$2", StringComparison.Ordinal) && hash[2] is 'a' or 'b' or 'y' && hash[3] == '$' && hash[6] == '$'
        && int.TryParse(hash.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var cost)
            ? cost
            : 0;
}
