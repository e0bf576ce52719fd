using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SriovPulse.Metrics.Querying.Remote.Answers;
using SriovPulse.Metrics.Scraping.Http;

namespace SriovPulse.Metrics.Querying.Remote;

/// <summary>Asks one server, again where that may help, and reads its answers.</summary>
internal sealed class RemoteClient : IDisposable
{
    private const int FirstBuffer = 32 * 1024;

    // Of an answer that is no JSON, this much is quoted.
    private const int QuotedBytes = 300;

    private readonly RemoteOptions _options;
    private readonly TimeProvider _time;
    private readonly RetryWaits _waits;
    private readonly HttpClient _http;
    private readonly string _root;

    public RemoteClient(RemoteOptions options, TimeProvider time, Random random, HttpMessageHandler? handler)
    {
        _options = options;
        _time = time;
        _waits = new RetryWaits(random, options.LongestWait);
        _root = options.Url.GetLeftPart(UriPartial.Path).TrimEnd('/');
        if (handler is null)
        {
            // A redirect would turn a POST into a GET without its form.
            var sockets = ScrapeHandlers.Create(options.Tls, followRedirects: false);
            sockets.AutomaticDecompression = DecompressionMethods.GZip;
            handler = sockets;
        }

        // The attempt's own timeout rules.
        _http = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    /// <summary>Asks for a path below <c>/api/v1/</c>.</summary>
    /// <param name="path">The path.</param>
    /// <param name="parameters">Parameters.</param>
    /// <param name="asForm">Whether they are sent as a form, which has no limit on its length; else in the address.</param>
    /// <param name="data">Makes what takes the answer's data, anew for each attempt.</param>
    /// <param name="timeout">How long an attempt may take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RemoteQueryException">There is no answer.</exception>
    public async Task<(T Data, AnswerEnvelope Answer)> AskAsync<T>(
        string path, IReadOnlyList<KeyValuePair<string, string>> parameters, bool asForm, Func<T> data, TimeSpan timeout, CancellationToken cancellationToken)
        where T : AnswerData
    {
        for (var failures = 1; ; failures++)
        {
            var into = data();
            var attempt = await AttemptAsync(path, parameters, asForm, into, timeout, cancellationToken).ConfigureAwait(false);
            if (attempt.Failure is null)
            {
                return (into, attempt.Answer!);
            }

            if (!attempt.MayHelpAgain || failures >= _options.Attempts || _waits.After(failures, attempt.RetryAfter) is not { } wait)
            {
                throw attempt.Failure;
            }

            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Attempt> AttemptAsync(
        string path, IReadOnlyList<KeyValuePair<string, string>> parameters, bool asForm, AnswerData data, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            using var request = await BuildAsync(path, parameters, asForm, either.Token).ConfigureAwait(false);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var answer = new AnswerEnvelope(data);
            var quoted = await ReadAsync(response, answer, either.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode && answer.IsSuccess && quoted is null
                ? new Attempt(answer)
                : AnswerFailure.Of(_root, response, answer, quoted, _time);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Attempt(new RemoteUnreachableException(
                string.Create(CultureInfo.InvariantCulture, $"{_root} gave no whole answer within {timeout.TotalSeconds} s: select less, or allow a longer timeout")));
        }
        catch (RemoteQueryException e)
        {
            return new Attempt(e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Attempt(new RemoteUnreachableException($"{_root} cannot be reached: {HttpFailure.Words(e)}", e), MayHelpAgain: true);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or CryptographicException)
        {
            return new Attempt(new RemoteUnreachableException($"{_root} cannot be asked: {e.Message}", e));
        }
    }

    private async Task<HttpRequestMessage> BuildAsync(
        string path, IReadOnlyList<KeyValuePair<string, string>> parameters, bool asForm, CancellationToken cancellationToken)
    {
        var form = new FormUrlEncodedContent(parameters);
        var address = $"{_root}/api/v1/{path}";
        if (!asForm && parameters.Count > 0)
        {
            address = $"{address}?{await form.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)}";
        }

        var request = new HttpRequestMessage(asForm ? HttpMethod.Post : HttpMethod.Get, address) { Content = asForm ? form : null };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", $"SriovPulse/{BuildInformation.Own.Version}");
        foreach (var (name, value) in _options.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (_options.Credentials is { } credentials)
        {
            request.Headers.TryAddWithoutValidation("Authorization", await AuthorizationHeader.ReadAsync(credentials, cancellationToken).ConfigureAwait(false));
        }

        return request;
    }

    // Null when the whole answer was read; empty when it ended before; else the beginning of what is no answer.
    private async Task<string?> ReadAsync(HttpResponseMessage response, AnswerEnvelope answer, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
            try
            {
                var state = default(JsonReaderState);
                for (var (filled, total, isFinal) = (0, 0L, false); !isFinal;)
                {
                    var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
                    filled += read;
                    total += read;
                    isFinal = read == 0;
                    if (total > _options.AnswerLimit)
                    {
                        throw new RemoteFailedException(
                            $"{_root} answers with more than {_options.AnswerLimit} bytes: select less, or allow larger answers", (int)response.StatusCode);
                    }

                    var taken = Take(buffer.AsSpan(0, filled), isFinal, ref state, answer, out var isJson);
                    if (!isJson)
                    {
                        return isFinal && answer.HasBegun ? string.Empty : Encoding.UTF8.GetString(buffer, 0, Math.Min(filled, QuotedBytes));
                    }

                    buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                    filled -= taken;
                    if (filled == buffer.Length)
                    {
                        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                        buffer.CopyTo(larger, 0);
                        ArrayPool<byte>.Shared.Return(buffer);
                        buffer = larger;
                    }
                }

                return answer.IsComplete ? null : string.Empty;
            }
            catch (AnswerFormatException e)
            {
                throw new RemoteFailedException($"{_root} gave an answer that cannot be used: {e.Message}", (int)response.StatusCode, inner: e);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static int Take(ReadOnlySpan<byte> text, bool isFinal, ref JsonReaderState state, AnswerEnvelope answer, out bool isJson)
    {
        isJson = true;
        if (answer.IsComplete)
        {
            return text.Length;
        }

        var reader = new Utf8JsonReader(text, isFinal, state);
        try
        {
            answer.Take(ref reader);
        }
        catch (JsonException)
        {
            isJson = false;
        }

        state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }
}
