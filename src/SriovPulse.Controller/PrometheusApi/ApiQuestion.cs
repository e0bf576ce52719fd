using Microsoft.AspNetCore.Http;

namespace SriovPulse.Controller.PrometheusApi;

/// <summary>Answers one kind of request.</summary>
/// <param name="context">The request, and where the answer goes.</param>
/// <param name="parameters">Its parameters.</param>
/// <param name="cancellationToken">The client went away.</param>
internal delegate Task ApiQuestion(HttpContext context, ApiParameters parameters, CancellationToken cancellationToken);
