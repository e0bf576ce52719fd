namespace SriovPulse.Agent.Configuration;

/// <summary>How many values a setting takes.</summary>
internal enum SettingShape
{
    /// <summary>One: a flag given once, a scalar in YAML.</summary>
    One,

    /// <summary>On or off: <c>--name</c> and <c>--no-name</c>, <c>true</c> and <c>false</c>.</summary>
    Switch,

    /// <summary>Several: a flag that may be repeated, a list (or a scalar) in YAML.</summary>
    Many,

    /// <summary>Names with values: a flag <c>NAME=VALUE</c> that may be repeated, a mapping in YAML.</summary>
    Map,
}
