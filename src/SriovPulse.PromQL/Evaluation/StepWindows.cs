using SriovPulse.PromQL.Ast;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>The windows of a range at the steps of a grid.</summary>
internal readonly struct StepWindows(long length, TimeShift shift, long queryStart, long queryEnd)
{
    public long Length => length;

    public long End(long evaluatedAt) => shift.Apply(evaluatedAt, queryStart, queryEnd);
}
