using SriovPulse.PromQL.Series;
using YamlDotNet.RepresentationModel;

namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>Reads targets and their labels, in a configuration and in discovery files, which have the same form.</summary>
internal static class TargetGroupReader
{
    public static TargetGroup Read(YamlText text, YamlSection section)
    {
        var labels = new List<Label>();
        foreach (var (name, value) in section.Entries("labels"))
        {
            if (!LabelNames.IsValid(name))
            {
                text.Refuse(value, $"labels: \"{name}\" is no label name (letters, digits and _, no digit first)");
            }
            else if (section.Scalar(value, $"labels.{name}", "text") is { } labelValue)
            {
                labels.Add(new(name, labelValue));
            }
        }

        var addresses = section.Texts("targets");
        if (addresses.Count == 0)
        {
            section.Refuse("targets", "targets is missing or empty: give host:port of each target");
        }

        section.Close();
        return new TargetGroup(addresses, Labels.Create([.. labels]));
    }

    /// <summary>A discovery file's groups; YAML, of which JSON is a part.</summary>
    public static IReadOnlyList<TargetGroup> ReadFile(string file, string content, List<ConfigurationProblem> problems)
    {
        var text = new YamlText(file, problems);
        if (text.Load(content) is not { } root)
        {
            if (problems.Count == 0)
            {
                // More often a file that is just being written than one that means it.
                problems.Add(new(file, 1, 1, "the file is empty: write [] for no targets, and move new files into place instead of writing over them"));
            }

            return [];
        }

        if (root is YamlSequenceNode list)
        {
            return [.. list.Children.Select(item => YamlSection.Of(text, item, "a target group")).OfType<YamlSection>().Select(section => Read(text, section))];
        }

        text.Refuse(root, "the file", "a list of target groups, each with targets and labels");
        return [];
    }
}
