namespace SriovPulse.Agent.Configuration;

/// <summary>
/// A row of the table of settings: from it come the flag, the key in the YAML file, the line of help and the default. Made by the factory of its shape.
/// </summary>
internal sealed class Setting
{
    private readonly Func<AgentOptions, IReadOnlyList<GivenValue>, List<ConfigurationError>, AgentOptions> _apply;

    private Setting(
        string name,
        SettingShape shape,
        string placeholder,
        string expected,
        string help,
        Func<AgentOptions, string> show,
        Func<AgentOptions, IReadOnlyList<GivenValue>, List<ConfigurationError>, AgentOptions> apply)
    {
        Name = name;
        Shape = shape;
        Placeholder = placeholder;
        Expected = expected;
        Help = help;
        Show = show;
        _apply = apply;
    }

    /// <summary>Dotted name: <c>--NAME</c> on the command line, nested at its dots in YAML.</summary>
    public string Name { get; }

    public SettingShape Shape { get; }

    public string Placeholder { get; }

    /// <summary>Describes a value, or in YAML the values together, for errors.</summary>
    public string Expected { get; }

    public string Help { get; }

    /// <summary>The value as text; empty when there is none.</summary>
    public Func<AgentOptions, string> Show { get; }

    public static Setting One<T>(
        string name, ValueForm<T> form, string help, Func<AgentOptions, T> get, Func<AgentOptions, T, AgentOptions> set) =>
        new(name, SettingShape.One, form.Placeholder, form.Expected, help, options => form.Show(get(options)), ApplyOne(name, form, set));

    /// <summary>A setting that may have no value.</summary>
    public static Setting Optional<T>(
        string name, ValueForm<T> form, string help, Func<AgentOptions, T?> get, Func<AgentOptions, T, AgentOptions> set)
        where T : class =>
        new(name, SettingShape.One, form.Placeholder, form.Expected, help, options => get(options) is { } value ? form.Show(value) : string.Empty, ApplyOne(name, form, set));

    /// <inheritdoc cref="Optional{T}(string, ValueForm{T}, string, Func{AgentOptions, T}, Func{AgentOptions, T, AgentOptions})"/>
    public static Setting OptionalValue<T>(
        string name, ValueForm<T> form, string help, Func<AgentOptions, T?> get, Func<AgentOptions, T, AgentOptions> set)
        where T : struct =>
        new(name, SettingShape.One, form.Placeholder, form.Expected, help, options => get(options) is { } value ? form.Show(value) : string.Empty, ApplyOne(name, form, set));

    public static Setting Switch(string name, string help, Func<AgentOptions, bool> get, Func<AgentOptions, bool, AgentOptions> set) =>
        new(name, SettingShape.Switch, string.Empty, ValueForms.Switch.Expected, help, options => ValueForms.Switch.Show(get(options)), ApplyOne(name, ValueForms.Switch, set));

    public static Setting Many<T>(
        string name, ValueForm<T> form, string help, Func<AgentOptions, IReadOnlyList<T>> get, Func<AgentOptions, IReadOnlyList<T>, AgentOptions> set) =>
        new(
            name,
            SettingShape.Many,
            form.Placeholder,
            $"a list, each entry {form.Expected}",
            help,
            options => string.Join(", ", get(options).Select(form.Show)),
            (options, given, errors) => set(options, [.. Values(name, form, given, errors).Select(pair => pair.Value)]));

    public static Setting Map<T>(
        string name,
        string keyPlaceholder,
        ValueForm<T> form,
        string help,
        Func<AgentOptions, IReadOnlyCollection<KeyValuePair<string, T>>?> get,
        Func<AgentOptions, IReadOnlyDictionary<string, T>, AgentOptions> set) =>
        new(
            name,
            SettingShape.Map,
            $"{keyPlaceholder}={form.Placeholder}",
            $"entries {keyPlaceholder}: {form.Placeholder}",
            help,
            options => string.Join(", ", (get(options) ?? new Dictionary<string, T>()).Select(pair => $"{pair.Key}={form.Show(pair.Value)}")),
            (options, given, errors) => set(options, Entries(name, form, given, errors)));

    /// <summary>The options with this setting as given; what is wrong with it is added to <paramref name="errors"/>.</summary>
    public AgentOptions Apply(AgentOptions options, IReadOnlyList<GivenValue> given, List<ConfigurationError> errors) => _apply(options, given, errors);

    private static Func<AgentOptions, IReadOnlyList<GivenValue>, List<ConfigurationError>, AgentOptions> ApplyOne<T>(
        string name, ValueForm<T> form, Func<AgentOptions, T, AgentOptions> set) =>
        (options, given, errors) => Values(name, form, given, errors) is [var (_, value)] ? set(options, value) : options;

    private static Dictionary<string, T> Entries<T>(string name, ValueForm<T> form, IReadOnlyList<GivenValue> given, List<ConfigurationError> errors)
    {
        var entries = new Dictionary<string, T>();
        foreach (var (value, from) in Values(name, form, given, errors).Select(pair => (pair.Value, pair.From)))
        {
            if (!entries.TryAdd(from.Key!, value))
            {
                errors.Add(new(from.Where, $"{Spelled(name, from)}: {from.Key} is given twice"));
            }
        }

        return entries;
    }

    private static List<(GivenValue From, T Value)> Values<T>(
        string name, ValueForm<T> form, IReadOnlyList<GivenValue> given, List<ConfigurationError> errors)
    {
        var values = new List<(GivenValue, T)>(given.Count);
        foreach (var value in given)
        {
            try
            {
                values.Add((value, form.Parse(value.Text)));
            }
            catch (FormatException e)
            {
                var reason = e.Message.Length > 0 ? $": {e.Message}" : string.Empty;
                errors.Add(new(value.Where, $"{Spelled(name, value)}: expected {form.Expected}, found \"{value.Text}\"{reason}"));
            }
        }

        return values;
    }

    private static string Spelled(string name, GivenValue given) => given.Where.File is null ? $"--{name}" : name;
}
