namespace SriovPulse.PromQL.Evaluation;

/// <summary>Population variance in one pass (Welford's).</summary>
internal struct Variance
{
    private KahanSum _mean;
    private KahanSum _squares;
    private double _count;

    public readonly double Value => _squares.Value / _count;

    public void Add(double value)
    {
        _count++;
        var delta = value - _mean.Value;
        _mean.Add(delta / _count);
        _squares.Add(delta * (value - _mean.Value));
    }
}
