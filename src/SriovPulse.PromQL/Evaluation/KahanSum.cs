namespace SriovPulse.PromQL.Evaluation;

/// <summary>A sum that keeps what rounding loses (Neumaier's variant of Kahan's), as Prometheus sums.</summary>
internal struct KahanSum
{
    public double Sum;
    public double Lost;

    public readonly double Value => Sum + Lost;

    public void Add(double value)
    {
        var total = Sum + value;
        if (double.IsInfinity(total))
        {
            Lost = 0;
        }
        else
        {
            Lost += Math.Abs(Sum) >= Math.Abs(value) ? Sum - total + value : value - total + Sum;
        }

        Sum = total;
    }
}
