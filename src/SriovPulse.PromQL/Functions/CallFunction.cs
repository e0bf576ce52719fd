using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Evaluation;

namespace SriovPulse.PromQL.Functions;

/// <summary>Evaluates a call that is neither per value nor per window.</summary>
internal delegate StepValue CallFunction(QueryEvaluation evaluation, FunctionCall call, StepGrid grid);
