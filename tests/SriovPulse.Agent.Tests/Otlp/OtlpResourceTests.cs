using SriovPulse.Agent.Otlp;

namespace SriovPulse.Agent.Tests.Otlp;

public sealed class OtlpResourceTests
{
    private static readonly HostIdentity s_host = new("h1.example", "0123456789abcdef0123456789abcdef");

    [Fact]
    public void Says_which_agent_on_which_host()
    {
        var attributes = OtlpResource.Describe(s_host, "1.2.3", "amd64", []);

        Assert.Equal(
            [
                new("service.name", "sriovpulse-agent"),
                new("service.version", "1.2.3"),

                // As Python's uuid.uuid5(namespace, machine id) has it.
                new("service.instance.id", "2f1423a8-dc20-5c0e-839d-70474f2dc393"),
                new("host.name", "h1.example"),
                new("host.id", "0123456789abcdef0123456789abcdef"),
                new("host.arch", "amd64"),
                new("os.type", "linux"),
            ],
            attributes);
    }

    [Fact]
    public void Host_without_an_id_has_an_instance_per_run()
    {
        var one = OtlpResource.Describe(s_host with { MachineId = null }, "1", "amd64", []);
        var other = OtlpResource.Describe(s_host with { MachineId = null }, "1", "amd64", []);

        Assert.DoesNotContain(one, attribute => attribute.Key == "host.id");
        Assert.NotEqual(one.Single(attribute => attribute.Key == "service.instance.id"), other.Single(attribute => attribute.Key == "service.instance.id"));
    }

    [Fact]
    public void What_users_add_wins_and_the_later_wins()
    {
        var attributes = OtlpResource.Describe(
            s_host, "1", "amd64", [new("service.name", "first"), new("rack", "r1"), new("service.name", "second"), new("host.id", "")]);

        Assert.Equal("second", attributes.Single(attribute => attribute.Key == "service.name").Value);
        Assert.Equal(new("rack", "r1"), attributes[^1]);
        Assert.DoesNotContain(attributes, attribute => attribute.Key == "host.id");
    }
}
