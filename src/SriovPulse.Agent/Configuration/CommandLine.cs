using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace SriovPulse.Agent.Configuration;

/// <summary>Reads the command line of <c>sriovpulse-agent</c>, and through it the configuration file.</summary>
internal sealed class CommandLine
{
    private readonly IReadOnlyList<CollectorChoice> _collectors;
    private readonly IReadOnlyList<Setting> _settings;
    private readonly Dictionary<Setting, Option<string[]>> _flags = [];
    private readonly Dictionary<Setting, (Option<bool> On, Option<bool> Off)> _switches = [];
    private readonly Option<string[]> _config = Flag("--config", "FILE", "YAML file with settings under the flags' names; flags win over it.");
    private readonly Option<bool> _once = new("--once") { Description = "Print one exposition and exit: 0, or 1 when nothing could be read." };
    private readonly Option<bool> _version = new("--version") { Description = "Print the version and exit." };
    private readonly HelpOption _help = new("--help", "-h", "-?");
    private readonly RootCommand _command = new("Exports what SR-IOV virtual functions do on this host to Prometheus and OTLP.");

    public CommandLine(IReadOnlyList<CollectorChoice> collectors)
    {
        _collectors = collectors;
        _settings = Settings.All(collectors);
        _command.Options.Clear();
        _command.Directives.Clear();
        _command.Options.Add(_config);
        _command.Options.Add(_once);
        var defaults = Settings.Defaults(collectors);
        foreach (var setting in _settings)
        {
            Add(setting, setting.Show(defaults));
        }

        _command.Options.Add(_version);
        _command.Options.Add(_help);
    }

    /// <summary>What <paramref name="arguments"/> ask for.</summary>
    /// <param name="arguments">The command line without the program's name.</param>
    /// <param name="readFile">Reads the configuration file.</param>
    /// <exception cref="ConfigurationException">The command line or the file cannot be used.</exception>
    public Request Read(IReadOnlyList<string> arguments, Func<string, string> readFile)
    {
        var parsed = _command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.GetResult(_help) is not null)
        {
            return new Request.Help(output => parsed.Invoke(new InvocationConfiguration { Output = output }));
        }

        if (parsed.GetValue(_version))
        {
            return new Request.Version();
        }

        var errors = new List<ConfigurationError>();
        errors.AddRange(Misunderstood(parsed));
        var options = Settings.Defaults(_collectors);
        if (Single(parsed, "--config", _config, errors) is { } path)
        {
            options = ReadFile(options, path, readFile, errors);
        }

        foreach (var setting in _settings)
        {
            if (Given(setting, parsed, errors) is { Count: > 0 } given)
            {
                options = setting.Apply(options, given, errors);
            }
        }

        options = options with { Once = parsed.GetValue(_once) };
        if (errors.Count == 0)
        {
            errors.AddRange(Settings.Contradictions(options));
        }

        return errors.Count == 0 ? new Request.Run(options) : throw new ConfigurationException(errors);
    }

    private static Option<string[]> Flag(string name, string placeholder, string help) => new(name)
    {
        HelpName = placeholder,
        Description = help,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private void Add(Setting setting, string defaultText)
    {
        var note = defaultText.Length == 0 ? string.Empty : $" [default: {defaultText}]";
        if (setting.Shape != SettingShape.Switch)
        {
            var repeatable = setting.Shape is SettingShape.Many or SettingShape.Map ? " Repeatable." : string.Empty;
            var flag = Flag($"--{setting.Name}", setting.Placeholder, setting.Help + repeatable + note);
            _flags.Add(setting, flag);
            _command.Options.Add(flag);
            return;
        }

        var negated = $"--no-{setting.Name}";
        var isOn = defaultText == "true";
        var on = new Option<bool>($"--{setting.Name}") { Description = isOn ? $"{setting.Help} On; {negated} turns it off." : $"{setting.Help} Off by default." };
        var off = new Option<bool>(negated) { Hidden = true };
        on.Arity = off.Arity = ArgumentArity.Zero;
        _switches.Add(setting, (on, off));
        _command.Options.Add(on);
        _command.Options.Add(off);
    }

    private IEnumerable<ConfigurationError> Misunderstood(ParseResult parsed)
    {
        var flags = _command.Options.Select(option => option.Name).ToList();
        var isValueOfUnknownFlag = false;
        foreach (var token in parsed.UnmatchedTokens)
        {
            if (token.StartsWith('-'))
            {
                var name = token.Split('=', 2)[0];
                isValueOfUnknownFlag = name == token;
                yield return new(Origin.CommandLine, $"unknown flag {name}{Spelling.Hint(name, flags)}; --help lists them all");
            }
            else if (!isValueOfUnknownFlag)
            {
                yield return new(Origin.CommandLine, $"unexpected argument \"{token}\": values follow a flag, as in --flag value or --flag=value");
            }
            else
            {
                isValueOfUnknownFlag = false;
            }
        }

        // The parser's other complaints are flags without their value. It does not complain of one that has taken the next flag for its value.
        var bare = parsed.Errors.Select(error => error.SymbolResult).OfType<OptionResult>().Select(result => result.Option);
        var robbers = _command.Options.Where(option => parsed.GetResult(option)?.Tokens.Any(token => flags.Contains(token.Value)) == true);
        foreach (var option in bare.Union(robbers))
        {
            yield return new(Origin.CommandLine, $"{option.Name} needs a value, as in {option.Name} {option.HelpName}");
        }
    }

    private AgentOptions ReadFile(AgentOptions options, string path, Func<string, string> readFile, List<ConfigurationError> errors)
    {
        try
        {
            return new ConfigurationFile(path, _settings, errors).Apply(options, readFile(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new(new(path, 0, 0), $"cannot be read: {e.Message}"));
            return options;
        }
    }

    private List<GivenValue> Given(Setting setting, ParseResult parsed, List<ConfigurationError> errors)
    {
        if (_switches.TryGetValue(setting, out var pair))
        {
            return (parsed.GetValue(pair.On), parsed.GetValue(pair.Off)) switch
            {
                (true, true) => Refuse(errors, $"{pair.On.Name} and {pair.Off.Name} contradict each other: give one"),
                (true, false) => [new(null, "true", Origin.CommandLine)],
                (false, true) => [new(null, "false", Origin.CommandLine)],
                _ => [],
            };
        }

        var flag = _flags[setting];
        return setting.Shape switch
        {
            SettingShape.One => Single(parsed, flag.Name, flag, errors) is { } text ? [new(null, text, Origin.CommandLine)] : [],
            SettingShape.Many => [.. Texts(parsed, flag).Select(text => new GivenValue(null, text, Origin.CommandLine))],
            _ => [.. Texts(parsed, flag).SelectMany(text => Entry(flag.Name, setting, text, errors))],
        };
    }

    private static List<GivenValue> Entry(string flag, Setting setting, string text, List<ConfigurationError> errors) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? [new(text[..at], text[(at + 1)..], Origin.CommandLine)]
            : Refuse(errors, $"{flag}: expected {setting.Placeholder}, found \"{text}\"");

    private static string? Single(ParseResult parsed, string name, Option<string[]> flag, List<ConfigurationError> errors)
    {
        var texts = Texts(parsed, flag);
        if (texts.Length > 1)
        {
            errors.Add(new(Origin.CommandLine, $"{name} is given {texts.Length} times: give it once"));
        }

        return texts.Length == 1 ? texts[0] : null;
    }

    private static string[] Texts(ParseResult parsed, Option<string[]> flag) =>
        parsed.GetResult(flag) is { Tokens.Count: > 0 } result
            ? [.. result.Tokens.Select(token => token.Value).Where(text => !parsed.RootCommandResult.Command.Options.Any(option => option.Name == text))]
            : [];

    private static List<GivenValue> Refuse(List<ConfigurationError> errors, string message)
    {
        errors.Add(new(Origin.CommandLine, message));
        return [];
    }
}
