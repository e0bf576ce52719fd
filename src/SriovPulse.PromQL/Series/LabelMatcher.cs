namespace SriovPulse.PromQL.Series;

/// <summary>A condition on one label of a series. A label that is not there counts as empty.</summary>
public sealed class LabelMatcher
{
    private readonly ValuePattern? _pattern;

    /// <summary>Makes a matcher.</summary>
    /// <exception cref="ArgumentException">The pattern is no regular expression; the message says what is wrong with it.</exception>
    public LabelMatcher(string name, MatchKind kind, string value)
    {
        Name = name;
        Kind = kind;
        Value = value;
        if (kind is MatchKind.Regex or MatchKind.NotRegex)
        {
            _pattern = new ValuePattern(value);
        }
    }

    /// <summary>The label's name.</summary>
    public string Name { get; }

    /// <summary>How it is compared.</summary>
    public MatchKind Kind { get; }

    /// <summary>What it is compared with: a value, or a pattern that must match the whole value.</summary>
    public string Value { get; }

    /// <summary>Whether a label's value (empty when the label is not there) satisfies the matcher.</summary>
    public bool Matches(string labelValue) => Kind switch
    {
        MatchKind.Equal => labelValue == Value,
        MatchKind.NotEqual => labelValue != Value,
        MatchKind.Regex => _pattern!.Matches(labelValue),
        _ => !_pattern!.Matches(labelValue),
    };
}
