namespace SriovPulse.Agent.Otlp.Transport;

/// <summary>Why a request failed, for people: HttpClient's own message often says only that something within failed.</summary>
internal static class Causes
{
    /// <summary>The messages from the outermost exception to the innermost, without repeats.</summary>
    public static string Of(Exception exception)
    {
        var text = exception.Message;
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (!text.Contains(inner.Message, StringComparison.Ordinal))
            {
                text = $"{text}: {inner.Message}";
            }
        }

        return text;
    }
}
