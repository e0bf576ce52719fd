namespace SriovPulse.PromQL.Evaluation;

/// <summary>
/// A mean: the sum divided by the count, which is exact for equal values; should the sum overflow, from then on a mean that is moved by each value.
/// </summary>
internal struct Mean
{
    private KahanSum _sum;
    private bool _isRunning;

    public double Count;

    public readonly double Value => _isRunning ? _sum.Value : (_sum.Sum / Count) + (_sum.Lost / Count);

    public void Add(double value)
    {
        Count++;
        if (Count == 1)
        {
            _sum.Sum = value;
            return;
        }

        if (!_isRunning)
        {
            var next = _sum;
            next.Add(value);
            if (!double.IsInfinity(next.Sum))
            {
                _sum = next;
                return;
            }

            _isRunning = true;
            _sum.Sum /= Count - 1;
            _sum.Lost /= Count - 1;
        }

        if (double.IsInfinity(_sum.Sum))
        {
            // An infinite mean stays unless an opposite infinity or NaN comes; the formula below would make NaN of all.
            if (double.IsFinite(value) || value == _sum.Sum)
            {
                return;
            }
        }

        var share = (Count - 1) / Count;
        _sum.Sum *= share;
        _sum.Lost *= share;
        _sum.Add(value / Count);
    }
}
