namespace SriovPulse.Agent.Otlp.Wire;

/// <summary>Prometheus' unit words in UCUM, the notation of OTLP's unit field.</summary>
internal static class UcumUnit
{
    /// <summary>The unit of a family in UCUM; empty when it has none, or one that UCUM does not name.</summary>
    public static string Of(string unit) => unit switch
    {
        "bytes" => "By",
        "seconds" => "s",
        "ratio" => "1",
        "hertz" => "Hz",
        "celsius" => "Cel",
        "watts" => "W",

        // A rate is told in an annotation. By/s would be right, but Prometheus' translator (otlptranslator, addUnitTokens) looks for the token "per_second" among
        // the tokens "per" and "second" of our names, does not find it, and appends it again: …_bytes_per_second_per_second. Annotations it leaves alone.
        "bytes_per_second" => "{By/s}",
        _ => string.Empty,
    };
}
