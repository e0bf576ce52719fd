using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using SriovPulse.Controller.PrometheusApi;
using SriovPulse.Metrics.Querying;

namespace SriovPulse.Benchmarks.Fleets;

/// <summary>The controller's query API on loopback, over a given source.</summary>
internal sealed class LoopbackApi : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LoopbackApi(WebApplication application) => _application = application;

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_application.Urls.First());

    /// <summary>Serves, as the controller's host does.</summary>
    public static async Task<LoopbackApi> StartAsync(IQuerySource source, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.UseRouting();
        application.MapPrometheusApi(source, time, new PrometheusApiOptions());
        application.UseEndpoints(static _ => { });
        await application.StartAsync();
        return new LoopbackApi(application);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
