using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SriovPulse.Controller.PrometheusApi;
using SriovPulse.Metrics.Importing;
using SriovPulse.Metrics.Querying;
using SriovPulse.Metrics.Store;

namespace SriovPulse.Controller.Tests.PrometheusApi;

/// <summary>The API over a store with a little data, on loopback. The clock stands at 100 seconds after 1970.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private const string Data = """
        # TYPE bytes counter
        # HELP bytes What went through.
        bytes_total{vf="0"} 10 40
        bytes_total{vf="0"} 70.5 100
        bytes_total{vf="1"} NaN 100
        # TYPE speed gauge
        speed{pf="e"} +Inf 100
        # EOF

        """;

    private readonly WebApplication _application;
    private readonly HttpClient _http;

    private ApiServer(WebApplication application)
    {
        _application = application;
        _http = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public Uri Url => _http.BaseAddress!;

    public static async Task<ApiServer> StartAsync(IQuerySource? source = null)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddSeconds(100));
        var store = new SeriesStore(new SeriesStoreOptions { Window = Timeout.InfiniteTimeSpan }, time, NullLogger<SeriesStore>.Instance);
        using var data = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Data));
        await OpenMetricsImport.ImportAsync(data, "data", store, CancellationToken.None);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.UseRouting();
        application.MapPrometheusApi(source ?? new StoreQueries(store), time, new PrometheusApiOptions { BodyLimit = 10_000 });
        application.UseEndpoints(static _ => { });
        await application.StartAsync();
        return new ApiServer(application);
    }

    public async Task<(int Status, string Body)> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri($"/api/v1/{path}", UriKind.Relative));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<(int Status, string Body)> PostAsync(string path, params KeyValuePair<string, string>[] form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var answer = await _http.PostAsync(new Uri($"/api/v1/{path}", UriKind.Relative), content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
