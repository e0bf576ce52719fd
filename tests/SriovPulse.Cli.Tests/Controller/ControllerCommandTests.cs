namespace SriovPulse.Cli.Tests.Controller;

public sealed class ControllerCommandTests
{
    [Fact]
    public async Task Mistakes_in_the_configuration_are_wrong_usage_told_with_their_place()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "scrape_configs:\n- job_name: a\n  scrape_intervall: 5s\nstore: {windw: 1m}\n");

        var (exitCode, output, error) = await Shell.RunAsync("controller", "--config", file);

        File.Delete(file);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains($"sriovpulse: {file}:3:3: ", error, StringComparison.Ordinal);
        Assert.Contains($"sriovpulse: {file}:4:9: store has no key windw: did you mean window?", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a loopback address", "controller", "--config", "f", "--web.listen-address", "0.0.0.0:9837")]
    [InlineData("--config", "controller")]
    public async Task Wrong_usage_is_told(string words, params string[] arguments)
    {
        var (exitCode, _, error) = await Shell.RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_told()
    {
        var (exitCode, _, error) = await Shell.RunAsync("controller", "--config", "/nowhere/controller.yaml");

        Assert.Equal(1, exitCode);
        Assert.Contains("/nowhere/controller.yaml", error, StringComparison.Ordinal);
    }
}
