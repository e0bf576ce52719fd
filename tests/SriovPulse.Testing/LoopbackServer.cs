using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SriovPulse.Testing;

/// <summary>An HTTP server on loopback that answers what a test says, byte by byte, so that it can also answer wrongly. A connection per request.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, string?> _answer;
    private readonly List<string> _requests = [];
    private readonly Task _serving;

    /// <summary>Starts it.</summary>
    /// <param name="answer">From a request's text the whole answer's; null: none, while the connection stays open.</param>
    public LoopbackServer(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}");
        _serving = ServeAsync();
    }

    /// <summary>Its address.</summary>
    public Uri Url { get; }

    /// <summary>The texts of all requests.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>A server that answers each request in turn; the last answer again and again.</summary>
    public static LoopbackServer InTurn(params string?[] answers)
    {
        var next = 0;
        return new LoopbackServer(_ => answers[Math.Min(next++, answers.Length - 1)]);
    }

    /// <summary>A complete answer.</summary>
    public static string Answer(int status, string body, string headers = "Content-Type: application/json\r\n") => string.Create(
        CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Scripted\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var connection = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
            try
            {
                await AnswerAsync(connection.GetStream()).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // The client has gone away, as some tests have it.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var request = await ReadAsync(stream).ConfigureAwait(false);
        lock (_requests)
        {
            _requests.Add(request);
        }

        if (_answer(request) is { } answer)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _stop.Token).ConfigureAwait(false);
            return;
        }

        // Until the client gives up.
        await stream.ReadAsync(new byte[1], _stop.Token).ConfigureAwait(false);
    }

    private async Task<string> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, _stop.Token).ConfigureAwait(false);
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            var whole = text.ToString();
            var head = whole.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 || (head >= 0 && whole.Length - head - 4 >= ContentLength(whole)))
            {
                return whole;
            }
        }
    }

    private static int ContentLength(string request)
    {
        const string Name = "Content-Length: ";
        var at = request.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : int.Parse(request.AsSpan(at + Name.Length, request.IndexOf('\r', at) - at - Name.Length), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
