using SriovPulse.Benchmarks.Exporters;
using SriovPulse.Benchmarks.Trees;

namespace SriovPulse.Benchmarks.Measuring;

/// <summary>All measurements of one run, and the medians of its rounds.</summary>
internal sealed class Results(IReadOnlyList<Exporter> exporters, IReadOnlyList<TreeShape> shapes)
{
    private readonly Dictionary<(string Exporter, TreeShape Shape), List<Measurement>> _measurements = [];
    private readonly Dictionary<(string Exporter, TreeShape Shape), SystemCalls> _calls = [];

    public IReadOnlyList<Exporter> Exporters { get; } = exporters;

    public IReadOnlyList<TreeShape> Shapes { get; } = shapes;

    public void Add(Exporter exporter, TreeShape shape, Measurement measurement)
    {
        if (!_measurements.TryGetValue((exporter.Name, shape), out var list))
        {
            _measurements.Add((exporter.Name, shape), list = []);
        }

        list.Add(measurement);
    }

    public void Add(Exporter exporter, TreeShape shape, SystemCalls calls) => _calls.Add((exporter.Name, shape), calls);

    public SystemCalls? Calls(string exporter, TreeShape shape) => _calls.GetValueOrDefault((exporter, shape));

    public double Median(string exporter, TreeShape shape, Func<Measurement, double> column)
    {
        double[] values = [.. _measurements[(exporter, shape)].Select(column).Order()];
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }
}
