using SriovPulse.PromQL.Tests.PromqlTest;

namespace SriovPulse.PromQL.Tests.Evaluation;

/// <summary>Series for a test, written as in the test language; a point every so many milliseconds from zero.</summary>
public static class SeriesList
{
    public static TestSource Of(long interval, params string[] lines)
    {
        var source = new TestSource();
        source.Load(new LoadCommand(0, interval, false, [.. lines.Select(SeriesText.Parse)]));
        return source;
    }
}
