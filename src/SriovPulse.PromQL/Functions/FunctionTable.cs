using SriovPulse.PromQL.Ast;
using static SriovPulse.PromQL.Ast.ExprType;
using static SriovPulse.PromQL.Functions.FunctionStatus;

namespace SriovPulse.PromQL.Functions;

/// <summary>The functions of the language, one row each. Those that are refused stand here too, so that they are refused by name.</summary>
public static class FunctionTable
{
    private const ExprType Text = ExprType.String;

    private static readonly Dictionary<string, FunctionDefinition> s_byName = Rows().ToDictionary(static row => row.Name, StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<FunctionDefinition> All => s_byName.Values;

    /// <summary>The function of a name; one of status <see cref="FunctionStatus.Unknown"/> when there is none.</summary>
    internal static FunctionDefinition Find(string name) =>
        s_byName.TryGetValue(name, out var function) ? function : new FunctionDefinition(name, InstantVector, [], Unknown);

    private static FunctionDefinition[] Rows() =>
    [
        // Number by number.
        PerValue("abs", Math.Abs),
        PerValue("ceil", Math.Ceiling),
        PerValue("floor", Math.Floor),
        PerValue("exp", Math.Exp),
        PerValue("sqrt", Math.Sqrt),
        PerValue("ln", Math.Log),
        PerValue("log2", Math.Log2),
        PerValue("log10", Math.Log10),
        PerValue("sgn", static value => value > 0 ? 1 : value < 0 ? -1 : value),
        PerValue("sin", Math.Sin),
        PerValue("cos", Math.Cos),
        PerValue("tan", Math.Tan),
        PerValue("asin", Math.Asin),
        PerValue("acos", Math.Acos),
        PerValue("atan", Math.Atan),
        PerValue("sinh", Math.Sinh),
        PerValue("cosh", Math.Cosh),
        PerValue("tanh", Math.Tanh),
        PerValue("asinh", Math.Asinh),
        PerValue("acosh", Math.Acosh),
        PerValue("atanh", Math.Atanh),
        PerValue("deg", static value => value * 180 / Math.PI),
        PerValue("rad", static value => value * Math.PI / 180),

        // Window by window.
        PerWindow("rate", CounterFunctions.Rate),
        PerWindow("increase", CounterFunctions.Increase),
        PerWindow("delta", CounterFunctions.Delta),
        PerWindow("irate", CounterFunctions.InstantRate),
        PerWindow("idelta", CounterFunctions.InstantDelta),
        PerWindow("resets", CounterFunctions.Resets),
        PerWindow("changes", CounterFunctions.Changes),
        PerWindow("deriv", RegressionFunctions.Derivative),
        new("predict_linear", InstantVector, [RangeVector, Scalar]) { PerWindow = RegressionFunctions.PredictLinear, DependsOnTime = true },
        PerWindow("sum_over_time", WindowFunctions.Sum),
        PerWindow("avg_over_time", WindowFunctions.Average),
        PerWindow("min_over_time", WindowFunctions.Min),
        PerWindow("max_over_time", WindowFunctions.Max),
        PerWindow("count_over_time", WindowFunctions.Count),
        PerWindow("stddev_over_time", WindowFunctions.StandardDeviation),
        PerWindow("stdvar_over_time", WindowFunctions.StandardVariance),
        PerWindow("present_over_time", WindowFunctions.Present),
        new("last_over_time", InstantVector, [RangeVector]) { PerWindow = WindowFunctions.Last, KeepsName = true },
        new("quantile_over_time", InstantVector, [Scalar, RangeVector]) { PerWindow = WindowFunctions.QuantileOf },
        new("absent_over_time", InstantVector, [RangeVector]) { PerCall = AbsenceFunctions.AbsentOverTime },

        // Clock and calendar.
        new("time", Scalar, []) { PerCall = TimeFunctions.Time, DependsOnTime = true },
        new("timestamp", InstantVector, [InstantVector]) { PerCall = TimeFunctions.Timestamp, DependsOnTime = true },
        Calendar("minute", CalendarFunctions.Minute),
        Calendar("hour", CalendarFunctions.Hour),
        Calendar("day_of_week", CalendarFunctions.DayOfWeek),
        Calendar("day_of_month", CalendarFunctions.DayOfMonth),
        Calendar("day_of_year", CalendarFunctions.DayOfYear),
        Calendar("days_in_month", CalendarFunctions.DaysInMonth),
        Calendar("month", CalendarFunctions.Month),
        Calendar("year", CalendarFunctions.Year),

        // Whole vectors.
        new("absent", InstantVector, [InstantVector]) { PerCall = AbsenceFunctions.Absent },
        new("clamp", InstantVector, [InstantVector, Scalar, Scalar]) { PerCall = ClampFunctions.Clamp },
        new("clamp_min", InstantVector, [InstantVector, Scalar]) { PerCall = ClampFunctions.ClampMin },
        new("clamp_max", InstantVector, [InstantVector, Scalar]) { PerCall = ClampFunctions.ClampMax },
        new("round", InstantVector, [InstantVector, Scalar]) { PerCall = ClampFunctions.Round, MinArguments = 1 },
        new("pi", Scalar, []) { PerCall = static (_, _, grid) => Evaluation.QueryEvaluation.Constant(Math.PI, grid.Count) },
        new("scalar", Scalar, [InstantVector]) { PerCall = ConversionFunctions.Scalar },
        new("vector", InstantVector, [Scalar]) { PerCall = ConversionFunctions.Vector },
        new("sort", InstantVector, [InstantVector]) { PerCall = SortFunctions.Ascending },
        new("sort_desc", InstantVector, [InstantVector]) { PerCall = SortFunctions.Descending },
        new("label_replace", InstantVector, [InstantVector, Text, Text, Text, Text]) { PerCall = LabelFunctions.Replace },
        new("label_join", InstantVector, [InstantVector, Text, Text, Text]) { PerCall = LabelFunctions.Join, MinArguments = 3, MaxArguments = null },
        new("histogram_quantile", InstantVector, [Scalar, InstantVector]) { PerCall = HistogramFunctions.Quantile },
        new("histogram_fraction", InstantVector, [Scalar, Scalar, InstantVector]) { PerCall = HistogramFunctions.Fraction },

        // Refused.
        new("histogram_avg", InstantVector, [InstantVector], NativeHistogram),
        new("histogram_count", InstantVector, [InstantVector], NativeHistogram),
        new("histogram_sum", InstantVector, [InstantVector], NativeHistogram),
        new("histogram_stddev", InstantVector, [InstantVector], NativeHistogram),
        new("histogram_stdvar", InstantVector, [InstantVector], NativeHistogram),
        new("double_exponential_smoothing", InstantVector, [RangeVector, Scalar, Scalar], Experimental),
        new("end", Scalar, [], Experimental),
        new("first_over_time", InstantVector, [RangeVector], Experimental),
        new("histogram_quantiles", InstantVector, [InstantVector, Text, Scalar], Experimental),
        new("info", InstantVector, [InstantVector, InstantVector], Experimental),
        new("integral", InstantVector, [RangeVector, Scalar], Experimental),
        new("mad_over_time", InstantVector, [RangeVector], Experimental),
        new("max_of", Scalar, [Scalar, Scalar], Experimental),
        new("min_of", Scalar, [Scalar, Scalar], Experimental),
        new("range", Scalar, [], Experimental),
        new("sort_by_label", InstantVector, [InstantVector, Text], Experimental),
        new("sort_by_label_desc", InstantVector, [InstantVector, Text], Experimental),
        new("start", Scalar, [], Experimental),
        new("start_timestamp", InstantVector, [InstantVector], Experimental),
        new("step", Scalar, [], Experimental),
        new("ts_of_first_over_time", InstantVector, [RangeVector], Experimental),
        new("ts_of_last_over_time", InstantVector, [RangeVector], Experimental),
        new("ts_of_max_over_time", InstantVector, [RangeVector], Experimental),
        new("ts_of_min_over_time", InstantVector, [RangeVector], Experimental),
    ];

    private static FunctionDefinition PerValue(string name, Func<double, double> function) =>
        new(name, InstantVector, [InstantVector]) { PerValue = function };

    private static FunctionDefinition PerWindow(string name, WindowFunction function) =>
        new(name, InstantVector, [RangeVector]) { PerWindow = function };

    // Prometheus counts these among those that depend on the time, even when they are given a vector.
    private static FunctionDefinition Calendar(string name, Func<CalendarTime, double> part) =>
        new(name, InstantVector, [InstantVector])
        {
            PerCall = (evaluation, call, grid) => CalendarFunctions.Run(evaluation, call, grid, part),
            MinArguments = 0,
            DependsOnTime = true,
        };
}
