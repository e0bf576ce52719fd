namespace SriovPulse.Agent.Tests.Otlp.Wire;

/// <summary>
/// How receivers make Prometheus names of OTLP's: the rules of github.com/prometheus/otlptranslator (metric_namer.go, strategy UnderscoreEscapingWithSuffixes, the
/// default of Prometheus 3) and of the OpenTelemetry Collector (contrib, pkg/translator/prometheus/normalize_name.go), read in 2026 and told anew, for names that
/// are valid already.
/// </summary>
internal static class PrometheusTranslation
{
    private static readonly Dictionary<string, string> s_units = new()
    {
        ["By"] = "bytes", ["s"] = "seconds", ["1"] = "", ["Hz"] = "hertz", ["Cel"] = "celsius", ["W"] = "watts",
    };

    private static readonly Dictionary<string, string> s_perUnits = new() { ["s"] = "second" };

    /// <summary>Prometheus: the part after the slash becomes one token, "per_second".</summary>
    public static string WithSuffixes(string name, string unit, string type)
    {
        var tokens = Tokens(name);
        var (main, per) = Units(unit);
        Add(tokens, main);
        Add(tokens, per.Length > 0 ? "per_" + per : string.Empty);
        return Finish(tokens, unit, type);
    }

    /// <summary>The Collector: it looks for "second" alone.</summary>
    public static string ByCollector(string name, string unit, string type)
    {
        var tokens = Tokens(name);
        var (main, per) = Units(unit);
        Add(tokens, main);
        if (per.Length > 0 && !tokens.Contains(per))
        {
            tokens.AddRange(["per", per]);
        }

        return Finish(tokens, unit, type);
    }

    private static List<string> Tokens(string name) => [.. name.Split('_', StringSplitOptions.RemoveEmptyEntries)];

    // A part with an annotation in it counts as no unit.
    private static (string Main, string Per) Units(string unit)
    {
        var parts = unit.Split('/', 2);
        return (Translate(parts[0], s_units), parts.Length > 1 ? Translate(parts[1], s_perUnits) : string.Empty);
    }

    private static string Translate(string part, Dictionary<string, string> units) =>
        part.Contains('{', StringComparison.Ordinal) || part.Contains('}', StringComparison.Ordinal) ? string.Empty : units.GetValueOrDefault(part, part);

    private static void Add(List<string> tokens, string suffix)
    {
        if (suffix.Length > 0 && !tokens.Contains(suffix))
        {
            tokens.Add(suffix);
        }
    }

    private static string Finish(List<string> tokens, string unit, string type)
    {
        MoveToEnd(tokens, "total", type == "counter");
        MoveToEnd(tokens, "ratio", unit == "1" && type == "gauge");
        return string.Join('_', tokens);
    }

    private static void MoveToEnd(List<string> tokens, string token, bool applies)
    {
        if (applies)
        {
            tokens.RemoveAll(other => other == token);
            tokens.Add(token);
        }
    }
}
