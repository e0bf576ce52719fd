namespace SriovPulse.PromQL.Functions;

/// <summary>Makes one value of a window; false when there is none.</summary>
internal delegate bool WindowFunction(in WindowArguments window, out double value);
