namespace SriovPulse.PromQL.Tests.PromqlTest;

/// <summary>A command of a test script.</summary>
public abstract record TestCommand(int Line);

/// <summary>Forgets all data.</summary>
public sealed record ClearCommand(int Line) : TestCommand(Line);

/// <summary>Adds data.</summary>
public sealed record LoadCommand(int Line, long Interval, bool WithCustomBuckets, IReadOnlyList<SeriesText> Series) : TestCommand(Line);

/// <summary>Evaluates an expression and says what must come of it.</summary>
public sealed record EvalCommand(int Line, string Expression, long Start, long End, long? Step, Expectations Expect) : TestCommand(Line);
