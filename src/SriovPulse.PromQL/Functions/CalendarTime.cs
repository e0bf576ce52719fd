namespace SriovPulse.PromQL.Functions;

/// <summary>A time in UTC, taken apart.</summary>
internal readonly record struct CalendarTime(int Year, int Month, int Day, int DayOfWeek, int DayOfYear, int Hour, int Minute);
