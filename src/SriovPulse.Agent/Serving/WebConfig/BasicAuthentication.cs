using System.Security.Cryptography;
using System.Text;

namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>
/// Checks user and password of HTTP basic authentication (RFC 7617) against bcrypt hashes. bcrypt is dear on purpose: what was found good is remembered, and one check
/// runs at a time, so that guessing costs the host one CPU at most. An unknown user takes as long as a known one.
/// </summary>
internal sealed class BasicAuthentication : IDisposable
{
    private const int MaxRemembered = 100;

    // Made on first use: it loads OpenSSL, 3 MiB that an agent without TLS and passwords has no use for.
    private readonly Lazy<byte[]> _key = new(() => RandomNumberGenerator.GetBytes(32));
    private readonly HashSet<UInt128> _good = [];
    private readonly Lock _rememberGate = new();
    private readonly SemaphoreSlim _bcryptGate = new(1);

    /// <summary>Whether the header names one of the users with the right password.</summary>
    public async ValueTask<bool> IsAllowedAsync(string? authorization, IReadOnlyDictionary<string, string> users, CancellationToken cancellationToken)
    {
        if (Credentials(authorization) is not var (user, password))
        {
            return false;
        }

        var isKnown = users.TryGetValue(user, out var hash);

        // The dearest of the hashes stands in for that of an unknown user.
        hash ??= users.Values.MaxBy(PasswordHash.Cost)!;
        var fingerprint = Fingerprint(user, hash, password);
        if (isKnown && IsRemembered(fingerprint))
        {
            return true;
        }

        await _bcryptGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var isRight = await Task.Run(() => BCrypt.Net.BCrypt.Verify(password, hash), cancellationToken).ConfigureAwait(false);
            if (isKnown && isRight)
            {
                Remember(fingerprint);
            }

            return isKnown && isRight;
        }
        finally
        {
            _bcryptGate.Release();
        }
    }

    public void Dispose() => _bcryptGate.Dispose();

    private static (string User, string Password)? Credentials(string? authorization)
    {
        const string Scheme = "Basic ";
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[Scheme.Length..].Trim(), bytes, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (text[..colon], text[(colon + 1)..]);
    }

    // Keyed, so that a dump of the memory holds nothing to guess passwords by more cheaply than bcrypt lets one.
    private UInt128 Fingerprint(string user, string hash, string password)
    {
        var mac = HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{user.Length}:{user}{hash}{password}"));
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(mac);
    }

    private bool IsRemembered(UInt128 fingerprint)
    {
        lock (_rememberGate)
        {
            return _good.Contains(fingerprint);
        }
    }

    private void Remember(UInt128 fingerprint)
    {
        lock (_rememberGate)
        {
            if (_good.Count >= MaxRemembered)
            {
                _good.Clear();
            }

            _good.Add(fingerprint);
        }
    }
}
