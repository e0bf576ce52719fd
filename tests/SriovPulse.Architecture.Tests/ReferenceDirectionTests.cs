using System.Xml.Linq;

namespace SriovPulse.Architecture.Tests;

/// <summary>Holds the direction of references between the projects under src, as ARCHITECTURE.md draws it.</summary>
public sealed class ReferenceDirectionTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["SriovPulse.Core"] = [],
        ["SriovPulse.Linux"] = ["SriovPulse.Core"],
        ["SriovPulse.Agent"] = ["SriovPulse.Core", "SriovPulse.Linux"],
        ["SriovPulse.PromQL"] = [],
        ["SriovPulse.Metrics"] = ["SriovPulse.PromQL"],
        ["SriovPulse.Controller"] = ["SriovPulse.Core", "SriovPulse.Metrics", "SriovPulse.PromQL"],
        ["SriovPulse.Cli"] = ["SriovPulse.Controller", "SriovPulse.Core", "SriovPulse.Metrics", "SriovPulse.PromQL"],
    };

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Path.Combine(Root, "src")).Select(d => Path.GetFileName(d)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_references_only_what_lies_further_in(string project)
    {
        Assert.True(s_allowed.TryGetValue(project, out var allowed), $"{project} has no row here: decide what it may reference");

        var references = Load(project).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public void Core_uses_no_package() => Assert.Empty(Load("SriovPulse.Core").Descendants("PackageReference"));

    [Fact]
    public void Only_the_kernel_interfaces_may_be_unsafe()
    {
        var unsafeProjects = Projects.Select(p => (string)p.Data).Where(p => Load(p).Descendants("AllowUnsafeBlocks").Any(e => e.Value == "true"));

        Assert.Equal(["SriovPulse.Linux"], unsafeProjects);
    }

    [Fact]
    public void Kernel_spellings_stay_with_the_kernel_interfaces()
    {
        string[] prefixes = ["IFLA_", "RTM_", "NLM_F_", "NLMSG_", "ETHTOOL_A_", "DEVLINK_ATTR_", "RTEXT_"];
        var offenders =
            from project in Directory.GetDirectories(Path.Combine(Root, "src"))
            where Path.GetFileName(project) != "SriovPulse.Linux"
            from file in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
            where !file.Split(Path.DirectorySeparatorChar).Contains("obj")
            from line in File.ReadLines(file)
            let code = line.Split("//")[0].Split('"')[0]
            where prefixes.Any(p => code.Contains(p, StringComparison.Ordinal))
            select $"{Path.GetRelativePath(Root, file)}: {line.Trim()}";

        Assert.Empty(offenders);
    }

    private static string Root { get; } = FindRoot();

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(Root, "src", project, project + ".csproj"));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SriovPulse.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no SriovPulse.sln above the tests");
        }

        return folder;
    }
}
