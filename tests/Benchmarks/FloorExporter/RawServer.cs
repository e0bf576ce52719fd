using System.Text;

namespace SriovPulse.Benchmarks.Floor;

/// <summary>Answers every request on one kept-alive connection at a time with what the callback collected.</summary>
internal static class RawServer
{
    public static void Run(ushort port, Func<(byte[] Body, int Length)> collect)
    {
        var listener = Libc.Listen(port);
        Span<byte> request = stackalloc byte[4096];
        while (true)
        {
            var connection = Libc.Accept(listener);

            // A scraper's request has no body and fits one segment.
            while (Libc.Read(connection, request, request.Length) > 0)
            {
                var (body, length) = collect();
                Send(connection, Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: {length}\r\n\r\n"));
                Send(connection, body.AsSpan(0, length));
            }

            _ = Libc.Close(connection);
        }
    }

    private static void Send(int connection, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[Libc.Check((int)Libc.Write(connection, bytes, bytes.Length))..];
        }
    }
}
