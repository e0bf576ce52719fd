using System.Net;
using SriovPulse.Agent.Exposition;

namespace SriovPulse.Agent.Serving;

/// <summary>The page at <c>/</c>, for people who open the address in a browser.</summary>
internal static class LandingPage
{
    public static string Html(BuildInfo build, string telemetryPath) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>sriovpulse-agent</title></head>
        <body style="font-family: sans-serif; margin: 3em">
        <h1>sriovpulse-agent</h1>
        <p>Tells Prometheus what the SR-IOV virtual functions of this host do.</p>
        <ul>
        <li><a href="{WebUtility.HtmlEncode(telemetryPath)}">Metrics</a></li>
        <li><a href="/-/healthy">Health</a>: whether the agent runs</li>
        <li><a href="/-/ready">Readiness</a>: whether it has read the host yet</li>
        </ul>
        <p>{WebUtility.HtmlEncode(build.ToString())}</p>
        </body>
        </html>

        """;
}
