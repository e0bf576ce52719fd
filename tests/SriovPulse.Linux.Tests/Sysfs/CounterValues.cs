using SriovPulse.Core;

namespace SriovPulse.Linux.Tests.Sysfs;

/// <summary>Counters as text that tests can compare: the values in the order of <see cref="VfCounter"/>, <c>-</c> for an absent one.</summary>
internal static class CounterValues
{
    public static string Of(VfCounters counters) => string.Join(
        ' ', Enumerable.Range(0, VfCounters.Count).Select(i => counters.TryGet((VfCounter)i, out var value) ? $"{value}" : "-"));
}
