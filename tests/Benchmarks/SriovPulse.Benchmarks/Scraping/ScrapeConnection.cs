using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SriovPulse.Benchmarks.Scraping;

/// <summary>
/// A scraper's kept-alive connection. Bare sockets, because an HTTP client's own threads and garbage would share the two cores with what is measured.
/// </summary>
internal sealed class ScrapeConnection : IDisposable
{
    private readonly int _port;
    private readonly byte[] _request;
    private readonly bool _gzip;
    private Socket _socket;
    private bool _isClosing;
    private byte[] _received = new byte[1 << 20];
    private int _length;

    public ScrapeConnection(int port, bool gzip)
    {
        _port = port;
        _gzip = gzip;
        var compression = gzip ? "Accept-Encoding: gzip\r\n" : string.Empty;
        _request = Encoding.ASCII.GetBytes(
            $"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/plain;version=0.0.4\r\n{compression}\r\n");
        _socket = Connect(port);
    }

    /// <summary>Bytes of the last answer's body as they crossed the socket, without the framing of chunks.</summary>
    public int BodyBytes { get; private set; }

    /// <summary>Asks, and reads the whole answer.</summary>
    public void Scrape()
    {
        // HttpListener ends a connection after its hundredth answer.
        if (_isClosing)
        {
            _socket.Dispose();
            _socket = Connect(_port);
        }

        _socket.Send(_request);
        _length = 0;
        int bodyStart;
        while ((bodyStart = _received.AsSpan(0, _length).IndexOf("\r\n\r\n"u8) + 4) < 4)
        {
            Receive();
        }

        var head = Encoding.ASCII.GetString(_received, 0, bodyStart);
        if (!head.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"the exporter answered {head.Split('\r')[0]}");
        }

        if (_gzip != (Header(head, "content-encoding") == "gzip"))
        {
            throw new InvalidDataException($"the exporter's choice of compression is not what was asked for: {head}");
        }

        _isClosing = string.Equals(Header(head, "connection"), "close", StringComparison.OrdinalIgnoreCase);
        BodyBytes = Header(head, "content-length") is { } length
            ? ReceiveSized(bodyStart, int.Parse(length, CultureInfo.InvariantCulture))
            : ReceiveChunks(bodyStart);
        _received.AsSpan(bodyStart, BodyBytes).CopyTo(_received);
    }

    /// <summary>The last answer's body as text, decompressed.</summary>
    public byte[] Text()
    {
        var body = _received.AsSpan(0, BodyBytes).ToArray();
        if (!_gzip)
        {
            return body;
        }

        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress))
        {
            gzip.CopyTo(plain);
        }

        return plain.ToArray();
    }

    /// <summary>Whether the last, uncompressed answer holds this line.</summary>
    public bool HasLine(ReadOnlySpan<byte> line) => (_gzip ? Text() : _received.AsSpan(0, BodyBytes)).IndexOf(line) >= 0;

    public void Dispose() => _socket.Dispose();

    private static Socket Connect(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string? Header(string head, string name) => head.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    private int ReceiveSized(int start, int length)
    {
        while (_length < start + length)
        {
            Receive();
        }

        return length;
    }

    // Chunks are moved together in place, so that the body ends up without their sizes.
    private int ReceiveChunks(int start)
    {
        var (read, write) = (start, start);
        while (true)
        {
            int lineEnd;
            while ((lineEnd = _received.AsSpan(read, _length - read).IndexOf("\r\n"u8)) < 0)
            {
                Receive();
            }

            var size = int.Parse(_received.AsSpan(read, lineEnd), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            read += lineEnd + 2;
            while (_length < read + size + 2)
            {
                Receive();
            }

            if (size == 0)
            {
                return write - start;
            }

            _received.AsSpan(read, size).CopyTo(_received.AsSpan(write));
            read += size + 2;
            write += size;
        }
    }

    private void Receive()
    {
        if (_length == _received.Length)
        {
            Array.Resize(ref _received, _received.Length * 2);
        }

        var count = _socket.Receive(_received.AsSpan(_length));
        _length += count > 0 ? count : throw new InvalidDataException("the exporter closed the connection within an answer");
    }
}
