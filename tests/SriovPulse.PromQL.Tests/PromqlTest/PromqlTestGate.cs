using System.Globalization;
using SriovPulse.Testing;

namespace SriovPulse.PromQL.Tests.PromqlTest;

/// <summary>
/// Runs Prometheus' own test scripts. What does not pass stands in the ledger with its reason, and the ledger must be true in both directions.
/// Set SRIOVPULSE_UPDATE_LEDGER=1 to write it anew, then read the difference before committing it.
/// </summary>
public sealed class PromqlTestGate
{
    private const int FewestPasses = 920;
    private const string Header = "# Evals of Prometheus' PromQL test scripts that do not pass: file, line, in scope or out, expression, reason. Written by PromqlTestGate.";

    [Fact]
    public void Prometheus_own_tests_pass_but_for_the_ledger()
    {
        var folder = Repository.SharedData("promqltest");
        Assert.SkipWhen(folder is null, "no promqltest data beside this checkout");
        var (inScope, passed, all) = (0, 0, 0);
        var ledger = new List<string> { Header };
        foreach (var path in Directory.GetFiles(folder, "*.test").Order(StringComparer.Ordinal))
        {
            foreach (var (eval, outcome) in ScriptRunner.Run(path))
            {
                all++;
                inScope += outcome.IsInScope ? 1 : 0;
                passed += outcome.Reason is null ? 1 : 0;
                if (outcome.Reason is not null)
                {
                    ledger.Add(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Path.GetFileName(path)}\t{eval.Line}\t{(outcome.IsInScope ? "in" : "out")}\t{eval.Expression}\t{outcome.Reason}"));
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"evals {all}, stable float {inScope}, passed {passed}");
        var file = Repository.Fixture("promql", "ledger.tsv");
        if (Environment.GetEnvironmentVariable("SRIOVPULSE_UPDATE_LEDGER") == "1")
        {
            File.WriteAllLines(file, ledger);
        }

        var committed = File.ReadAllLines(file);
        Assert.True(passed >= FewestPasses, $"{passed} of {inScope} stable float evals pass, at least {FewestPasses} must");
        Assert.Empty(ledger.Except(committed).Select(static line => $"does not pass, or for another reason, and is not in the ledger: {line}"));
        Assert.Empty(committed.Except(ledger).Select(static line => $"is in the ledger, but passes or fails otherwise: {line}"));
    }
}
