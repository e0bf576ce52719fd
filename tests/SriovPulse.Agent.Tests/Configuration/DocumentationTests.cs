using System.Text;
using SriovPulse.Agent.Configuration;
using SriovPulse.Testing;

namespace SriovPulse.Agent.Tests.Configuration;

/// <summary>docs/configuration.md has the table of settings as the program has it. To write it anew: UPDATE_GOLDEN=1.</summary>
public sealed class DocumentationTests
{
    private const string Begin = "<!-- settings: written by DocumentationTests -->\n";
    private const string End = "<!-- end of settings -->\n";

    [Fact]
    public void Page_lists_every_setting_with_its_default()
    {
        var path = Path.Combine(Repository.Root, "docs", "configuration.md");
        var page = File.ReadAllText(path);
        var from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = page.IndexOf(End, StringComparison.Ordinal);
        Assert.True(from >= Begin.Length && to >= from, "docs/configuration.md has lost the marks around its table");
        var table = Table();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, page[..from] + table + page[to..]);
            return;
        }

        Assert.Equal(table, page[from..to]);
    }

    private static string Table()
    {
        var text = new StringBuilder("| setting | value | default | meaning |\n|---|---|---|---|\n");
        var defaults = Settings.Defaults([]);
        foreach (var setting in Settings.All([]))
        {
            var value = setting.Shape == SettingShape.Switch ? "true\\|false" : setting.Placeholder.Replace("|", "\\|", StringComparison.Ordinal);
            var many = setting.Shape is SettingShape.Many or SettingShape.Map ? " …" : string.Empty;
            var shown = setting.Show(defaults) is { Length: > 0 } given ? $"`{given}`" : string.Empty;
            text.Append($"| `{setting.Name}` | {value}{many} | {shown} | {setting.Help} |\n");
        }

        return text.ToString();
    }
}
