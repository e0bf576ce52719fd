using SriovPulse.Metrics.Querying;

namespace SriovPulse.Differential;

/// <summary>Makes questions of which about half are instant queries.</summary>
/// <param name="seed">Seed.</param>
/// <param name="isOld">
/// Whether they are for Prometheus 2: then no time falls on a sample and there are no subqueries, as ranges were closed at both ends.
/// </param>
internal sealed class QuestionGenerator(int seed, bool isOld)
{
    private readonly Random _random = new(seed);

    public IEnumerable<Question> Generate(int count)
    {
        var grammar = new QueryGrammar(_random, isOld);
        for (var i = 0; i < count; i++)
        {
            var query = (i % 20) switch { 9 or 18 => grammar.Scalar(2), 3 or 12 => grammar.Selection(3), _ => grammar.Vector(3) };
            var at = Time();
            if (i % 2 == 0)
            {
                yield return new Question(i % 50 == 48 ? grammar.Range() : query, at, null);
                continue;
            }

            var step = new[] { 7_000L, 15_000, 30_000, 60_000, 61_001, 300_000 }[_random.Next(6)];
            yield return new Question(query, at, new TimeRange(at, Math.Min(at + (step * _random.Next(1, 40)), FleetHistory.End + 600_000), step));
        }
    }

    private long Time()
    {
        var time = FleetHistory.Start - 60_000 + _random.NextInt64(FleetHistory.End - FleetHistory.Start + 420_000);

        // Half of the times fall on samples of the first host.
        return isOld ? time - (time % 1000) + 517 : _random.Next(2) == 0 ? time - (time % FleetHistory.Interval) + (FleetHistory.Start % FleetHistory.Interval) : time;
    }
}
