using System.Globalization;

namespace SriovPulse.Differential;

/// <summary>Random expressions over a fleet's history. Most are well-typed; some fail when they are evaluated, which is compared too.</summary>
/// <param name="random">Source of the choices.</param>
/// <param name="isOld">Whether they are for Prometheus 2, in which predict_linear with <c>@</c>, rate of gauges, deviations of infinities, atan2 and
/// subqueries yield something else.</param>
internal sealed class QueryGrammar(Random random, bool isOld)
{
    private static readonly string[] s_counters = ["sriov_vf_receive_bytes_total", "sriov_vf_transmit_bytes_total", "sriov_pf_poll_seconds_count"];
    private static readonly string[] s_gauges = ["sriov_vf_receive_peak_bytes_per_second", "sriov_pf_temperature_celsius", "sriov_vf_transmit_max_rate_bytes_per_second"];
    private static readonly string[] s_others = ["sriov_vf_info", "sriov_vf_workload_info", "sriov_pf_speed_bytes_per_second", "sriov_pf_poll_seconds_bucket", "no_such_metric"];
    private static readonly string[] s_matchers =
        ["""vf="1" """, """vf!="2" """, """pf=~"ens.*" """, """pf!~".*1" """, """instance=~"host(0|2):9836" """, """job="agent",vf=~"0|3" """, """vf="" """, """kind!="" """];

    private static readonly string[] s_labels = ["instance", "pf", "vf", "job", "kind", "le"];
    private static readonly string[] s_perWindow =
    [
        "rate", "increase", "irate", "delta", "idelta", "deriv", "changes", "resets", "avg_over_time", "min_over_time", "max_over_time", "sum_over_time",
        "count_over_time", "stddev_over_time", "stdvar_over_time", "last_over_time", "present_over_time", "absent_over_time",
    ];

    private static readonly string[] s_perValue =
        ["abs", "ceil", "floor", "exp", "sqrt", "ln", "log2", "log10", "sgn", "round", "timestamp", "sort", "sort_desc", "sin", "cos", "atan", "tanh", "deg", "rad", "absent", "-"];

    // Of times only: what they make of NaN and infinity is left to the processor in Prometheus.
    private static readonly string[] s_calendar = ["minute", "hour", "day_of_week", "day_of_month", "day_of_year", "days_in_month", "month", "year"];

    private static readonly string[] s_changed = ["rate", "increase", "stddev", "stdvar"];
    private static readonly string[] s_aggregations = ["sum", "avg", "min", "max", "count", "group", "stddev", "stdvar"];
    private static readonly string[] s_arithmetic = ["+", "-", "*", "/", "^"];
    private static readonly string[] s_comparisons = ["==", "!=", ">", "<", ">=", "<="];
    private static readonly string[] s_sets = ["and", "or", "unless"];
    private static readonly string[] s_windows = ["30s", "1m", "2m", "5m", "15s", "7m30s"];

    public string Vector(int depth) => depth <= 0 ? Selector() : random.Next(12) switch
    {
        0 => Selector(),
        1 or 2 or 3 => Windowed(),
        4 => PerValue(depth),
        5 or 6 or 7 => Aggregation(depth),
        8 or 9 => Binary(depth),
        10 => Special(depth),
        _ => $"({Vector(depth - 1)})",
    };

    public string Scalar(int depth) => random.Next(5) switch
    {
        0 => $"scalar({Vector(depth - 1)})",
        1 => "time()",
        2 => $"{Number()} {Arithmetic()} {Number()}",
        3 => $"{Number()} {Pick(s_comparisons)} bool {Number()}",
        _ => Number(),
    };

    /// <summary>Some of the series of a vector. Nowhere within an expression: of equal values any may be kept, and what is made of them differs.</summary>
    public string Selection(int depth) => $"{Pick("topk", "bottomk")}{Grouping()} ({Pick("1", "2", "5")}, {Vector(depth - 1)})";

    /// <summary>A range vector.</summary>
    public string Range() => !isOld && random.Next(4) == 0
        ? $"({Vector(1)})[{Pick("2m", "5m", "3m20s")}:{Pick("30s", "1m", "", "17s")}]{Shift()}"
        : $"{Pick(s_counters, s_gauges)}{Matchers()}[{Pick(s_windows)}]{Shift()}";

    private string Selector() => $"{Pick(s_counters, s_gauges, s_others)}{Matchers()}{Shift()}";

    private string Matchers() => random.Next(2) == 0 ? string.Empty : $"{{{Pick(s_matchers).TrimEnd()}}}";

    private string Shift() => random.Next(8) switch
    {
        0 => $" offset {Pick("15s", "1m", "5m", "90s")}",
        1 => $" offset -{Pick("15s", "1m")}",
        2 => string.Create(CultureInfo.InvariantCulture, $" @ {(FleetHistory.Start / 1000) + random.Next(2400)}{(isOld ? ".517" : string.Empty)}"),
        3 => $" @ {Pick("start()", "end()")}",
        _ => string.Empty,
    };

    private string Windowed() => random.Next(8) switch
    {
        0 => $"quantile_over_time({Pick("0.5", "0.9", "0", "1.5", "-1")}, {Range()})",
        1 when !isOld => $"predict_linear({Range()}, {Pick("60", "3600")})",
        _ => $"{Unchanged(s_perWindow)}({Range()})",
    };

    private string PerValue(int depth) => $"{Pick(s_perValue)}({Vector(depth - 1)})";

    private string Aggregation(int depth)
    {
        var grouping = Grouping();
        return random.Next(5) switch
        {
            0 => $"quantile{grouping} ({Pick("0.5", "0.95", "0.1")}, {Vector(depth - 1)})",
            1 => $"count_values{grouping} (\"value\", {Pick("sriov_vf_info", "sriov_vf_transmit_max_rate_bytes_per_second", "changes(sriov_vf_receive_bytes_total[1m])")})",
            _ => $"{Unchanged(s_aggregations)}{grouping} ({Vector(depth - 1)})",
        };
    }

    private string Grouping() => random.Next(3) switch
    {
        0 => string.Empty,
        1 => $" by ({Labels()})",
        _ => $" without ({Labels()})",
    };

    private string Binary(int depth)
    {
        var matching = random.Next(4) switch
        {
            0 => string.Empty,
            1 => $" on ({Labels()})",
            2 => $" ignoring ({Labels()})",
            _ => " on (instance, pf, vf)",
        };
        switch (random.Next(6))
        {
            case 0:
                return $"{Vector(depth - 1)} {Pick(s_sets)}{matching} {Vector(depth - 1)}";
            case 1:
                return $"{Vector(depth - 1)} {Pick(s_comparisons)}{(random.Next(2) == 0 ? " bool" : string.Empty)} {Number()}";
            case 2:
                return $"{Vector(depth - 1)} {Pick(s_comparisons)}{matching} {Vector(depth - 1)}";
            case 3:
                return $"{Scalar(1)} {Arithmetic()} ({Vector(depth - 1)})";
            case 4:
                // The join that policies are made of.
                return $"{Pick("rate", "increase", "max_over_time")}({Pick(s_counters)}{Matchers()}[{Pick(s_windows)}]) * on (instance, pf, vf) group_left ({Pick("driver", "pci_address", "")}) "
                    + $"{Pick("sriov_vf_info", "sriov_vf_workload_info")}{Matchers()}";
            default:
                return $"{Vector(depth - 1)} {Arithmetic()}{Grouped(matching)} {Vector(depth - 1)}";
        }
    }

    private string Grouped(string matching) => random.Next(2) == 0 ? matching
        : $"{(matching.Length > 0 ? matching : " on (instance, pf)")} {Pick("group_left", "group_right")}{Pick("", " (kind)")}";

    private string Special(int depth) => random.Next(8) switch
    {
        0 => $"label_replace({Vector(depth - 1)}, \"{Pick("host", "pf", "new")}\", \"$1{Pick("", "-x", "${1}")}\", \"{Pick("instance", "pf", "absent")}\", \"{Pick("(.*):.*", "ens(.)", "(.*)")}\")",
        1 => $"label_join({Vector(depth - 1)}, \"joined\", \"/\", \"instance\", \"pf\", \"vf\")",
        2 => $"histogram_quantile({Pick("0.5", "0.9", "0.99", "0", "1", "2")}, {Pick("sum by (le, pf) (rate(sriov_pf_poll_seconds_bucket[2m]))", "sriov_pf_poll_seconds_bucket", "increase(sriov_pf_poll_seconds_bucket[5m])")})",
        3 => $"clamp({Vector(depth - 1)}, 0, {Number()})",
        4 => $"{Pick("clamp_min", "clamp_max", "round")}({Vector(depth - 1)}, {Pick("10", "0.5", "1e7")})",
        5 => $"{Pick(s_calendar)}({Pick("", "vector(time())", "timestamp(sriov_vf_info)")})",
        6 => $"{Selector()} % {Number()}",
        _ => $"vector({Scalar(1)})",
    };

    private string Arithmetic() => !isOld && random.Next(6) == 0 ? "atan2" : Pick(s_arithmetic);

    private string Unchanged(string[] names) => Pick(isOld ? [.. names.Except(s_changed)] : names);

    private string Labels()
    {
        var first = Pick(s_labels);
        return random.Next(2) == 0 ? first : $"{first}, {Pick("instance", "pf", "vf")}";
    }

    private string Number() => Pick("0", "1", "2", "100", "0.5", "1e6", "3", "NaN", "Inf");

    private string Pick(params string[] from) => from[random.Next(from.Length)];

    private string Pick(params string[][] from) => Pick(from[random.Next(from.Length)]);
}
