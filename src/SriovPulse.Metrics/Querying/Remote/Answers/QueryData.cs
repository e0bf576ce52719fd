using System.Text.Json;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Querying.Remote.Answers;

/// <summary>The data of <c>query</c> and <c>query_range</c>.</summary>
/// <param name="at">The time of a vector without values, which the answer does not tell.</param>
internal sealed class QueryData(long at) : AnswerData
{
    private readonly List<VectorSample> _vector = [];
    private readonly List<MatrixSeries> _matrix = [];
    private readonly List<Label> _labels = [];
    private string _type = string.Empty;
    private QueryValue? _single;
    private long _time = at;

    public override bool IsStreamed(string? member) => member == "result" && _type is "vector" or "matrix";

    /// <summary>The value.</summary>
    public QueryValue Build() => _type switch
    {
        "vector" => new VectorValue(_time, _vector),
        "matrix" => new MatrixValue(_matrix),
        _ => _single ?? throw new AnswerFormatException("data has no result"),
    };

    public override void Take(string? member, ref Utf8JsonReader value)
    {
        switch (member)
        {
            case "resultType":
                _type = AnswerTokens.Text(ref value);
                if (_type is not ("vector" or "matrix" or "scalar" or "string"))
                {
                    throw new AnswerFormatException($"resultType is \"{_type}\": expected vector, matrix, scalar or string");
                }

                break;
            case "result" when _type.Length == 0:
                throw new AnswerFormatException("the result comes before its resultType");
            case "result":
                TakeResult(ref value);
                break;
            case null:
                throw new AnswerFormatException($"data: expected an object, found {AnswerTokens.Describe(value.TokenType)}");
        }
    }

    private void TakeResult(ref Utf8JsonReader value)
    {
        switch (_type)
        {
            case "vector" or "matrix" when value.TokenType == JsonTokenType.Null:
                break;
            case "vector" or "matrix":
                TakeSeries(ref value);
                break;
            case "scalar":
                var sample = AnswerTokens.Sample(ref value);
                _single = new ScalarValue(sample.Timestamp, sample.Value);
                break;
            default:
                AnswerTokens.Expect(ref value, JsonTokenType.StartArray, "a pair of time and text");
                value.Read();
                var time = AnswerTokens.Timestamp(ref value);
                value.Read();
                _single = new StringValue(time, AnswerTokens.Text(ref value));
                break;
        }
    }

    private void TakeSeries(ref Utf8JsonReader value)
    {
        AnswerTokens.Expect(ref value, JsonTokenType.StartObject, "a series");
        var labels = Labels.Empty;
        Sample? single = null;
        List<Sample>? samples = null;
        while (value.Read() && value.TokenType == JsonTokenType.PropertyName)
        {
            var name = value.GetString();
            value.Read();
            switch (name)
            {
                case "metric":
                    labels = AnswerTokens.Labels(ref value, _labels);
                    break;
                case "value":
                    single = AnswerTokens.Sample(ref value);
                    break;
                case "values":
                    samples = ReadSamples(ref value);
                    break;
                case "histogram" or "histograms":
                    throw new AnswerFormatException(
                        $"{labels} is a native histogram, and SriovPulse has numbers only: reduce it in the expression, by histogram_quantile, histogram_sum or histogram_count");
                default:
                    value.Skip();
                    break;
            }
        }

        if (_type == "vector")
        {
            var sample = single ?? throw new AnswerFormatException($"{labels} has no value");
            _time = sample.Timestamp;
            _vector.Add(new VectorSample(labels, sample.Value));
        }
        else
        {
            _matrix.Add(new MatrixSeries(labels, samples ?? throw new AnswerFormatException($"{labels} has no values")));
        }
    }

    private static List<Sample> ReadSamples(ref Utf8JsonReader value)
    {
        AnswerTokens.Expect(ref value, JsonTokenType.StartArray, "an array of pairs");
        var samples = new List<Sample>();
        while (value.Read() && value.TokenType != JsonTokenType.EndArray)
        {
            samples.Add(AnswerTokens.Sample(ref value));
        }

        return samples;
    }
}
