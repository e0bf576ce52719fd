using System.Text;
using System.Text.RegularExpressions;
using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Parsing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Functions;

/// <summary><c>label_replace</c> and <c>label_join</c>.</summary>
internal static class LabelFunctions
{
    public static StepValue Replace(QueryEvaluation evaluation, FunctionCall call, StepGrid grid)
    {
        var target = Name(evaluation, call, 1, grid);
        var template = evaluation.EvaluateString(call.Arguments[2], grid);
        var source = evaluation.EvaluateString(call.Arguments[3], grid);
        var pattern = evaluation.EvaluateString(call.Arguments[4], grid);
        Regex regex;
        try
        {
            regex = AnchoredRegex.Create(pattern);
        }
        catch (ArgumentException e)
        {
            throw new QueryExecutionException($"invalid regular expression in label_replace(): {pattern}: {e.Message}", call.Arguments[4].Range);
        }

        return Rewrite(evaluation, call, grid, target, labels =>
        {
            var match = regex.Match(labels.Get(source));
            return match.Success ? RegexTemplate.Expand(template, match) : null;
        });
    }

    public static StepValue Join(QueryEvaluation evaluation, FunctionCall call, StepGrid grid)
    {
        var target = Name(evaluation, call, 1, grid);
        var separator = evaluation.EvaluateString(call.Arguments[2], grid);
        var sources = new string[call.Arguments.Count - 3];
        for (var i = 0; i < sources.Length; i++)
        {
            sources[i] = Name(evaluation, call, i + 3, grid);
        }

        var text = new StringBuilder();
        return Rewrite(evaluation, call, grid, target, labels =>
        {
            text.Clear();
            for (var i = 0; i < sources.Length; i++)
            {
                text.Append(i == 0 ? string.Empty : separator).Append(labels.Get(sources[i]));
            }

            return text.ToString();
        });
    }

    private static string Name(QueryEvaluation evaluation, FunctionCall call, int argument, StepGrid grid)
    {
        var name = evaluation.EvaluateString(call.Arguments[argument], grid);
        return name.Length > 0 && StringText.IsValid(name)
            ? name
            : throw new QueryExecutionException($"invalid label name in {call.Function.Name}(): {StringText.Quote(name)}", call.Arguments[argument].Range);
    }

    private static SeriesBlock Rewrite(QueryEvaluation evaluation, FunctionCall call, StepGrid grid, string target, Func<Labels, string?> valueOf)
    {
        var block = evaluation.EvaluateVector(call.Arguments[0], grid);
        var labels = block.Labels;
        var names = block.Names;
        for (var row = 0; row < labels.Length; row++)
        {
            evaluation.Budget.Tick(call.Range);
            var before = names[row] == NameState.Gone ? labels[row].WithoutMetadata() : labels[row];
            if (valueOf(before) is { } value)
            {
                labels[row] = before.With(target, value);

                // A name that was set on purpose is meant to stay.
                names[row] = target == Labels.MetricName ? NameState.Kept : names[row];
            }
        }

        return ResultReader.Merge(block, call.Range, failOnOverlap: true);
    }
}
