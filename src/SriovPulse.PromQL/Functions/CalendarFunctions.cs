using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Functions;

/// <summary>Parts of a date, of the values of a vector (seconds since 1970) or of the evaluation's time.</summary>
internal static class CalendarFunctions
{
    public static double Minute(CalendarTime time) => time.Minute;

    public static double Hour(CalendarTime time) => time.Hour;

    public static double DayOfWeek(CalendarTime time) => time.DayOfWeek;

    public static double DayOfMonth(CalendarTime time) => time.Day;

    public static double DayOfYear(CalendarTime time) => time.DayOfYear;

    public static double DaysInMonth(CalendarTime time) => DateTime.DaysInMonth(time.Year, time.Month);

    public static double Month(CalendarTime time) => time.Month;

    public static double Year(CalendarTime time) => time.Year;

    public static StepValue Run(QueryEvaluation evaluation, FunctionCall call, StepGrid grid, Func<CalendarTime, double> part)
    {
        SeriesBlock block;
        if (call.Arguments.Count == 0)
        {
            block = new SeriesBlock(grid.Count, 1);
            var row = block.Add(Labels.Empty, NameState.Kept);
            for (var step = 0; step < row.Length; step++)
            {
                row[step] = grid[step] / 1000.0;
            }
        }
        else
        {
            block = evaluation.EvaluateVector(call.Arguments[0], grid);
            block.DropNames(NameState.Dropping);
        }

        foreach (ref var value in block.Values)
        {
            if (!Absent.Is(value))
            {
                value = Apart(value) is { } time ? part(time) : double.NaN;
            }
        }

        return block;
    }

    /// <summary>Null for what is no time of the calendar's years 1 to 9999.</summary>
    private static CalendarTime? Apart(double seconds)
    {
        if (!(seconds >= -62_135_596_800 && seconds < 253_402_300_800))
        {
            return null;
        }

        var time = DateTime.UnixEpoch.AddSeconds(Math.Truncate(seconds));
        return new CalendarTime(time.Year, time.Month, time.Day, (int)time.DayOfWeek, time.DayOfYear, time.Hour, time.Minute);
    }
}
