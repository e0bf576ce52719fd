namespace SriovPulse.PromQL.Evaluation;

/// <summary>A value. Closed: <see cref="ScalarValue"/>, <see cref="StringValue"/>, <see cref="VectorValue"/>, <see cref="MatrixValue"/>.</summary>
public abstract record QueryValue
{
    private protected QueryValue()
    {
    }
}
