using System.Text;
using Microsoft.AspNetCore.Http;

namespace SriovPulse.Agent.Serving;

/// <summary>Short answers.</summary>
internal static class Answers
{
    /// <summary>Answers with a line of text, unless the answer has begun.</summary>
    public static Task AnswerAsync(this HttpContext context, int status, string line) =>
        context.AnswerAsync(status, "text/plain; charset=utf-8", line + "\n");

    /// <summary>Answers with a text, unless the answer has begun.</summary>
    public static async Task AnswerAsync(this HttpContext context, int status, string contentType, string text)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
