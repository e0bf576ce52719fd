using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using SriovPulse.Agent.Otlp.Transport;

namespace SriovPulse.Agent.Tests.Otlp.Transport;

public sealed class ServerReplyTests
{
    [Fact]
    public void Empty_response_is_full_success() => Assert.Equal(new OtlpOutcome(OtlpVerdict.Accepted), ServerReply.ParseResponse([]));

    [Fact]
    public void Status_without_retry_info_asks_for_no_delay() =>
        Assert.Equal(("why", null), ServerReply.ParseStatus(OtlpAnswer.StatusOf("why").ToByteArray()));

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(90)]
    public void Retry_info_is_found_among_other_details(double seconds) => Assert.Equal(
        ("why", TimeSpan.FromSeconds(seconds)), ServerReply.ParseStatus(OtlpAnswer.StatusOf("why", TimeSpan.FromSeconds(seconds)).ToByteArray()));

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(315_000_000_000, 3600)]
    public void Absurd_delays_are_bounded(long asked, double seconds)
    {
        var status = new Protocol.Status();
        status.Details.Add(Google.Protobuf.WellKnownTypes.Any.Pack(
            new Protocol.RetryInfo { RetryDelay = new Google.Protobuf.WellKnownTypes.Duration { Seconds = asked } }));

        Assert.Equal(TimeSpan.FromSeconds(seconds), ServerReply.ParseStatus(status.ToByteArray()).RetryAfter);
    }

    [Fact]
    public void Any_change_to_a_reply_is_survived()
    {
        var status = OtlpAnswer.StatusOf("busy", TimeSpan.FromSeconds(30)).ToByteArray();
        var response = OtlpAnswer.Partial(5, "too old").Response.ToByteArray();

        Prop.ForAll<int, byte>((position, value) =>
        {
            foreach (var original in (byte[][])[status, response])
            {
                byte[] changed = [.. original];
                changed[(int)((uint)position % changed.Length)] = value;
                ServerReply.ParseStatus(changed);
                Assert.Equal(OtlpVerdict.Accepted, ServerReply.ParseResponse(changed).Verdict);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }
}
