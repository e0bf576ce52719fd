namespace SriovPulse.PromQL.Tests.PromqlTest;

/// <summary>The gate is worth what its runner notices.</summary>
public sealed class ScriptRunnerTests
{
    [Theory]
    [InlineData("eval instant at 1m a", "{__name__=\"a\"} 2", null)]
    [InlineData("eval instant at 1m a", "a 3", "expected 3, got 2")]
    [InlineData("eval instant at 1m a", "", "expected 0 series, got 1")]
    [InlineData("eval instant at 1m a", "b 2", "expected b at 0")]
    [InlineData("eval instant at 1m a", "expect fail", "succeeds, but should fail")]
    [InlineData("eval instant at 1m a", "expect warn\na 2", "expected warning any, got none")]
    [InlineData("eval instant at 1m rate(a[2m])", "expect no_info\n{} 0.0166666", "expected no info")]
    [InlineData("eval instant at 1m rate(a[2m])", "expect info msg: other\n{} 0.0166666", "expected info other")]
    [InlineData("eval instant at 1m a + on () a @ nope", "a 2", "expected a timestamp")]
    [InlineData("eval instant at 1m time()", "61", "got scalar 60")]
    [InlineData("eval range from 0 to 2m step 1m a", "a 1 2 3", null)]
    [InlineData("eval range from 0 to 2m step 1m a", "a 1 2", "expected 2 samples, got 3")]
    [InlineData("eval range from 0 to 2m step 1m a", "a 1 2 4", "expected 4")]
    [InlineData("eval instant at 1m a[2m]", "expect range vector from 0 to 1m step 1m\na 1 2", null)]
    [InlineData("eval instant at 1m a[2m]", "expect range vector from 1m to 2m step 1m\na 1 2", "expected 1, got")]
    [InlineData("eval instant at 1m \"x\"", "expect string \"y\"", "expected string y")]
    public void Differences_are_noticed(string eval, string expected, string? difference)
    {
        var outcome = Run($"load 1m\n  a 1 2 3\n\n{eval}\n{expected}\n");
        Assert.True(outcome.IsInScope);
        if (difference is null)
        {
            Assert.Null(outcome.Reason);
        }
        else
        {
            Assert.Contains(difference.Replace("{__name__=\"b\"}", "b", StringComparison.Ordinal), outcome.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("load 1m\n  a {{count:1}}\n\neval instant at 1m a\n", "selects native histograms of a")]
    [InlineData("load_with_nhcb 1m\n  a_bucket{le=\"1\"} 1\n\neval instant at 1m a\n", "selects native histograms of a")]
    [InlineData("load 1m\n  a@st -1m\n  a 1\n\neval instant at 1m a\n", "needs the start timestamps of a")]
    [InlineData("eval instant at 1m limitk(1, a)\n", "the aggregation \"limitk\" is not supported")]
    [InlineData("eval instant at 1m a\n  {} {{count:1}}\n", "expects native histograms")]
    public void What_is_refused_by_design_is_out_of_scope(string script, string reason)
    {
        var outcome = Run(script);
        Assert.False(outcome.IsInScope);
        Assert.Contains(reason, outcome.Reason, StringComparison.Ordinal);
    }

    private static EvalOutcome Run(string script)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.test");
        File.WriteAllText(path, script);
        try
        {
            return Assert.Single(ScriptRunner.Run(path)).Outcome;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
