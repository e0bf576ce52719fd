namespace SriovPulse.PromQL.Functions;

/// <summary>What can be told from the buckets of a classic histogram.</summary>
internal static class ClassicHistogram
{
    // Rates of equal counters differ by rounding only: such differences are taken for none.
    private const double RoundingError = 1e-12;

    /// <summary>Sorts the buckets and puts those of the same bound together; false when there is no bucket for everything.</summary>
    public static bool TryArrange(List<Bucket> buckets)
    {
        buckets.Sort(static (a, b) => a.UpperBound.CompareTo(b.UpperBound));
        var last = 0;
        for (var i = 1; i < buckets.Count; i++)
        {
            if (buckets[i].UpperBound == buckets[last].UpperBound)
            {
                buckets[last] = buckets[last] with { Count = buckets[last].Count + buckets[i].Count };
            }
            else
            {
                buckets[++last] = buckets[i];
            }
        }

        buckets.RemoveRange(last + 1, buckets.Count - last - 1);
        return double.IsPositiveInfinity(buckets[^1].UpperBound);
    }

    /// <summary>Makes counts that fall from bucket to bucket stay level; true when that was more than rounding.</summary>
    public static bool MakeMonotonic(List<Bucket> buckets)
    {
        var forced = false;
        for (var i = 1; i < buckets.Count; i++)
        {
            var (before, now) = (buckets[i - 1].Count, buckets[i].Count);
            var isRounding = Math.Abs(now - before) / now <= RoundingError;
            if (isRounding || now < before)
            {
                forced |= !isRounding;
                buckets[i] = buckets[i] with { Count = before };
            }
        }

        return forced;
    }

    /// <summary>The quantile of arranged, monotonic buckets, taking observations to be spread evenly within each.</summary>
    public static double Quantile(double phi, List<Bucket> buckets)
    {
        if (buckets.Count < 2 || buckets[^1].Count == 0 || double.IsNaN(buckets[^1].Count))
        {
            return double.NaN;
        }

        var rank = phi * buckets[^1].Count;
        var at = 0;
        while (at < buckets.Count - 1 && !(buckets[at].Count >= rank))
        {
            at++;
        }

        if (at == buckets.Count - 1)
        {
            return buckets[^2].UpperBound;
        }

        if (at == 0 && buckets[0].UpperBound <= 0)
        {
            return buckets[0].UpperBound;
        }

        var (lower, below) = at == 0 ? (0, 0) : (buckets[at - 1].UpperBound, buckets[at - 1].Count);
        return lower + ((buckets[at].UpperBound - lower) * ((rank - below) / (buckets[at].Count - below)));
    }

    /// <summary>The share of observations between two bounds, of arranged buckets.</summary>
    public static double Fraction(double lower, double upper, List<Bucket> buckets)
    {
        var count = buckets[^1].Count;
        if (count == 0 || double.IsNaN(lower) || double.IsNaN(upper))
        {
            return double.NaN;
        }

        return lower >= upper ? 0 : (Rank(upper, buckets) - Rank(lower, buckets)) / count;
    }

    /// <summary>How many observations are no greater than a value.</summary>
    private static double Rank(double value, List<Bucket> buckets)
    {
        var (lower, below) = (double.NegativeInfinity, 0.0);
        foreach (var bucket in buckets)
        {
            if (value <= lower)
            {
                return below;
            }

            if (value < bucket.UpperBound)
            {
                // Within the lowest and the highest bucket nothing is known of how observations are spread.
                return double.IsInfinity(lower) ? InLowest(value, bucket)
                    : double.IsInfinity(bucket.UpperBound) ? below
                    : below + ((bucket.Count - below) * (value - lower) / (bucket.UpperBound - lower));
            }

            (lower, below) = (bucket.UpperBound, bucket.Count);
        }

        return buckets[^1].Count;
    }

    private static double InLowest(double value, Bucket bucket) => bucket.UpperBound switch
    {
        _ when double.IsInfinity(value) => 0,
        <= 0 => bucket.Count,
        _ => value <= 0 ? 0 : bucket.Count * value / bucket.UpperBound,
    };
}
