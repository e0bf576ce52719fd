using System.Globalization;
using System.Net;

namespace SriovPulse.Metrics.Tests.Scraping;

public sealed class ScrapeServiceTests
{
    private const string TargetLabels = "instance=\"h:1\", job=\"j\"";

    [Fact]
    public async Task A_scrape_goes_in_with_the_targets_labels_and_a_report()
    {
        await using var rig = new ScrapeRig();
        rig.Target.Body = "# HELP a what\n# TYPE a gauge\na{x=\"y\"} 1\nb 2\n";
        await rig.ApplyAsync();

        var time = await rig.ScrapeAsync();

        Assert.Equal(
            [
                $"a{{{TargetLabels}, x=\"y\"}} 1",
                $"b{{{TargetLabels}}} 2",
                $"scrape_duration_seconds{{{TargetLabels}}} 0",
                $"scrape_samples_post_metric_relabeling{{{TargetLabels}}} 2",
                $"scrape_samples_scraped{{{TargetLabels}}} 2",
                $"scrape_series_added{{{TargetLabels}}} 2",
                $"up{{{TargetLabels}}} 1",
            ],
            rig.SamplesAt(time));
        Assert.Equal((true, string.Empty), (rig.Status.IsUp, rig.Status.Problem));
        Assert.Contains("a Gauge what|", rig.Ingest.Metadata);
        var again = await rig.ScrapeAsync();
        Assert.Equal(time + 15_000, again);
        Assert.Contains($"scrape_series_added{{{TargetLabels}}} 0", rig.SamplesAt(again));
    }

    [Fact]
    public async Task A_series_that_vanished_ends()
    {
        await using var rig = new ScrapeRig();
        rig.Target.Body = "a 1\nb 2\n";
        await rig.ApplyAsync();
        await rig.ScrapeAsync();
        rig.Target.Body = "a 3\n";

        var time = await rig.ScrapeAsync();

        Assert.Contains($"b{{{TargetLabels}}} stale", rig.SamplesAt(time));
        Assert.Contains($"a{{{TargetLabels}}} 3", rig.SamplesAt(time));
        Assert.DoesNotContain(rig.SamplesAt(await rig.ScrapeAsync()), static line => line.Contains("stale", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a 1\nb two\n", "line 2, column 3: expected a value (a decimal number, Inf or NaN), found \"two\"", 1)]
    [InlineData("a 1\nb{x=\"1\",x=\"2\"} 1\n", "line 2, column 1: the label x is there twice", 2)]
    public async Task A_bad_line_fails_the_scrape_and_nothing_of_it_stays(string body, string problem, int scraped)
    {
        await using var rig = new ScrapeRig();
        rig.Target.Body = "a 1\n";
        await rig.ApplyAsync();
        await rig.ScrapeAsync();
        rig.Target.Body = body;

        var time = await rig.ScrapeAsync();

        Assert.Equal((false, problem), (rig.Status.IsUp, rig.Status.Problem));
        Assert.Equal([$"a{{{TargetLabels}}} stale", $"up{{{TargetLabels}}} 0"], rig.SamplesAt(time).Where(static line => line[0] is 'a' or 'b' or 'u'));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"scrape_samples_scraped{{{TargetLabels}}} {scraped}"), rig.SamplesAt(time));
        rig.Target.Body = "a 1\n";
        Assert.Contains($"a{{{TargetLabels}}} 1", rig.SamplesAt(await rig.ScrapeAsync()));
    }

    [Fact]
    public async Task A_target_that_does_not_answer_is_down_and_its_series_end()
    {
        await using var rig = new ScrapeRig();
        rig.Target.Body = "a 1\n";
        await rig.ApplyAsync();
        await rig.ScrapeAsync();
        rig.Target.Failure = new HttpRequestException("Connection refused (h:1)");

        var time = await rig.ScrapeAsync();

        Assert.Equal("Connection refused (h:1)", rig.Status.Problem);
        Assert.Contains($"a{{{TargetLabels}}} stale", rig.SamplesAt(time));
        Assert.Contains($"up{{{TargetLabels}}} 0", rig.SamplesAt(time));
        Assert.Contains($"scrape_samples_scraped{{{TargetLabels}}} 0", rig.SamplesAt(time));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, ScriptedTarget.Text, "the target answered 404 Not Found")]
    [InlineData(HttpStatusCode.OK, "text/html", "the answer's Content-Type \"text/html\" is no exposition; set fallback_scrape_protocol to read it all the same")]
    [InlineData(HttpStatusCode.OK, ScriptedTarget.OpenMetrics, "line 2, column 1: expected # EOF: the exposition was cut short")]
    public async Task Answers_that_are_no_exposition(HttpStatusCode status, string contentType, string problem)
    {
        await using var rig = new ScrapeRig();
        (rig.Target.Status, rig.Target.ContentType, rig.Target.Body) = (status, contentType, "a 1\n");
        await rig.ApplyAsync();

        await rig.ScrapeAsync();

        Assert.Equal(problem, rig.Status.Problem);
    }

    [Fact]
    public async Task A_target_that_hangs_is_left_after_the_timeout_and_never_asked_twice_at_once()
    {
        await using var rig = new ScrapeRig();
        rig.Target.Hangs = true;
        await rig.ApplyAsync();
        var due = new SriovPulse.Metrics.Scraping.ScrapeSchedule(rig.Status.Target).NextAfter(rig.Time.Milliseconds);
        await rig.Time.GoToAsync(due);

        await rig.Time.GoToAsync(due + 5_000);

        await Eventually.Async(() => rig.Status.IsUp == false, "the scrape did not end");
        Assert.Equal("no whole answer within scrape_timeout, 5s", rig.Status.Problem);
        Assert.Contains($"scrape_duration_seconds{{{TargetLabels}}} 5", rig.SamplesAt(due));
        Assert.Single(rig.Target.Requests);
    }

    [Fact]
    public async Task What_a_scrape_asks_for()
    {
        await using var rig = new ScrapeRig();
        await File.WriteAllTextAsync(rig.File("token"), "secret\n");
        await rig.ApplyAsync("params: {x: [y]}, authorization: {credentials_file: token}");

        await rig.ScrapeAsync();

        var request = rig.Target.Requests[0];
        Assert.Equal("http://h:1/metrics?x=y", request.RequestUri!.AbsoluteUri);
        Assert.Equal("5", Assert.Single(request.Headers.GetValues("X-Prometheus-Scrape-Timeout-Seconds")));
        Assert.Equal("Bearer secret", Assert.Single(request.Headers.GetValues("Authorization")));
        Assert.Equal("gzip", Assert.Single(request.Headers.GetValues("Accept-Encoding")));
        Assert.StartsWith("application/openmetrics-text;version=1.0.0", request.Headers.GetValues("Accept").First().Replace(" ", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Basic_authentication()
    {
        await using var rig = new ScrapeRig();
        await rig.ApplyAsync("basic_auth: {username: Aladdin, password: open sesame}");

        await rig.ScrapeAsync();

        Assert.Equal("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", Assert.Single(rig.Target.Requests[0].Headers.GetValues("Authorization")));
    }

    [Theory]
    [InlineData("honor_labels: false", "a{exported_exported_job=\"x\", exported_job=\"y\", instance=\"h:1\", job=\"j\"} 1")]
    [InlineData("honor_labels: true", "a{exported_job=\"y\", instance=\"h:1\", job=\"x\"} 1")]
    public async Task Labels_that_target_and_sample_both_have(string key, string sample)
    {
        await using var rig = new ScrapeRig();
        rig.Target.Body = "a{job=\"x\",exported_job=\"y\"} 1\n";
        await rig.ApplyAsync(key);

        Assert.Contains(sample, rig.SamplesAt(await rig.ScrapeAsync()));
    }

    [Fact]
    public async Task Timestamps_of_the_exposition_count_when_honoured()
    {
        await using var rig = new ScrapeRig();
        rig.Target.Body = "a 1 1000\n";
        await rig.ApplyAsync();
        await rig.ScrapeAsync();
        Assert.Equal([$"a{{{TargetLabels}}} 1 @1000"], rig.Ingest.Of("a{"));
        rig.Target.Body = string.Empty;
        await rig.ScrapeAsync();
        Assert.Single(rig.Ingest.Of("a{"));

        rig.Target.Body = "a 1 1000\n";
        await rig.ApplyAsync("honor_timestamps: false");
        Assert.Contains($"a{{{TargetLabels}}} 1", rig.SamplesAt(await rig.ScrapeAsync()));
    }

    [Fact]
    public async Task Samples_from_the_future_are_left_out()
    {
        await using var rig = new ScrapeRig();
        rig.Target.Body = string.Create(CultureInfo.InvariantCulture, $"a 1 {rig.Time.Milliseconds + 86_400_000}\nb 1\n");
        await rig.ApplyAsync();

        var time = await rig.ScrapeAsync();

        Assert.Empty(rig.Ingest.Of("a{"));
        Assert.Contains($"scrape_samples_scraped{{{TargetLabels}}} 2", rig.SamplesAt(time));
        Assert.Contains($"scrape_samples_post_metric_relabeling{{{TargetLabels}}} 1", rig.SamplesAt(time));
    }

    [Fact]
    public async Task Relabelling_drops_and_renames_samples()
    {
        await using var rig = new ScrapeRig();
        rig.Target.Body = "go_a 1\nb 2\n";
        await rig.ApplyAsync("metric_relabel_configs: [{action: drop, source_labels: [__name__], regex: go_.*}, {source_labels: [__name__], target_label: __name__, replacement: x_$1}]");
        await rig.ScrapeAsync();

        var time = await rig.ScrapeAsync();

        Assert.Equal([$"x_b{{{TargetLabels}}} 2"], rig.SamplesAt(time).Where(static line => !line.StartsWith("scrape", StringComparison.Ordinal) && !line.StartsWith("up", StringComparison.Ordinal)));
        Assert.Contains($"scrape_samples_scraped{{{TargetLabels}}} 2", rig.SamplesAt(time));
        Assert.Contains($"scrape_samples_post_metric_relabeling{{{TargetLabels}}} 1", rig.SamplesAt(time));
    }

    [Theory]
    [InlineData("sample_limit: 1", "the exposition has more samples than sample_limit, 1")]
    [InlineData("body_size_limit: 10B", "the answer is longer than body_size_limit, 10 bytes")]
    [InlineData("label_limit: 3", "line 2, column 1: this sample has 4 labels, and label_limit is 3")]
    [InlineData("label_name_length_limit: 8", "line 2, column 1: the name of the label long_name is longer than label_name_length_limit, 8")]
    [InlineData("label_value_length_limit: 7", "line 2, column 1: the value of the label long_name is longer than label_value_length_limit, 7")]
    public async Task Limits_fail_the_scrape(string limit, string problem)
    {
        await using var rig = new ScrapeRig();
        rig.Target.Body = "a 1\nb{long_name=\"€€€\"} 2\n";
        await rig.ApplyAsync(limit);

        var time = await rig.ScrapeAsync();

        Assert.Equal(problem, rig.Status.Problem);
        Assert.Equal([$"up{{{TargetLabels}}} 0"], rig.SamplesAt(time).Where(static line => line[0] is 'a' or 'b' or 'u'));
    }

    [Fact]
    public async Task A_limit_holds_for_series_that_are_known_too()
    {
        await using var rig = new ScrapeRig();
        rig.Target.Body = "a 1\nb 2\n";
        await rig.ApplyAsync("sample_limit: 2");
        await rig.ScrapeAsync();
        rig.Target.Body = "a 1\nb 2\na 1\n";

        await rig.ScrapeAsync();

        Assert.Equal("the exposition has more samples than sample_limit, 2", rig.Status.Problem);
    }

    [Fact]
    public async Task A_fault_of_our_own_is_told_and_the_next_scrape_goes_on()
    {
        await using var rig = new ScrapeRig();
        rig.Target.Body = "a 1\n";
        await rig.ApplyAsync();
        rig.Ingest.Failure = new InvalidOperationException("the store is gone");
        await rig.Time.GoToAsync(new SriovPulse.Metrics.Scraping.ScrapeSchedule(rig.Status.Target).NextAfter(rig.Time.Milliseconds));
        await Eventually.Async(() => rig.Status.IsUp == false, "the scrape did not fail");

        Assert.Equal("the scrape failed within SriovPulse: the store is gone", rig.Status.Problem);
        Assert.StartsWith("job j, target http://h:1/metrics: the scrape failed within SriovPulse", Assert.Single(rig.Problems), StringComparison.Ordinal);
        await rig.ScrapeAsync();
        Assert.True(rig.Status.IsUp);
    }

    [Fact]
    public async Task Stopping_ends_no_series_and_a_reload_ends_those_of_targets_that_are_gone()
    {
        var rig = new ScrapeRig();
        rig.Target.Body = "a 1\n";
        await rig.ApplyAsync("static_configs: [{targets: ['h:1']}]");
        await rig.ScrapeAsync();
        await rig.ApplyAsync("static_configs: [{targets: ['h:1']}]");
        Assert.True(rig.Status.IsUp, "the reload of the same configuration disturbed the target");
        await rig.ApplyAsync("static_configs: [{targets: ['h:1']}], honor_labels: true");
        Assert.DoesNotContain(rig.Ingest.Samples, static line => line.Contains("stale", StringComparison.Ordinal));
        await rig.ScrapeAsync();

        await rig.ApplyAsync("static_configs: [{targets: ['h:2']}]");

        Assert.Equal(6, rig.Ingest.Samples.Count(static line => line.Contains("h:1", StringComparison.Ordinal) && line.Contains("stale", StringComparison.Ordinal)));
        var before = rig.Ingest.Samples.Count;
        await rig.DisposeAsync();
        Assert.Equal(before, rig.Ingest.Samples.Count);
        Assert.Equal(0, rig.Ingest.OpenTargets);
    }

    [Fact]
    public async Task A_clock_set_back_does_not_stop_scraping()
    {
        await using var rig = new ScrapeRig();
        rig.Target.Body = "a 1\n";
        await rig.ApplyAsync();
        await rig.ScrapeAsync();
        rig.Time.AdjustTime(rig.Time.GetUtcNow().AddHours(-1));
        var setBack = rig.Time.GetUtcNow();

        await Eventually.Async(
            () =>
            {
                rig.Time.Advance(TimeSpan.FromSeconds(1));
                return rig.Target.Requests.Count > 1;
            },
            "no second scrape");

        Assert.True(rig.Time.GetUtcNow() < setBack.AddMinutes(30), "the scrape waited for the old time to come again");
    }
}
