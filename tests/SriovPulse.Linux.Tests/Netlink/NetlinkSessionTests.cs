using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Netlink;

public sealed class NetlinkSessionTests
{
    private const ushort Get = 18;
    private const ushort New = 16;

    [Fact]
    public void Request_hands_the_answer_to_the_handler()
    {
        var kernel = new ScriptedKernel(static request => [request.Message(New, "abcd"u8)]);
        using var session = new NetlinkSession(kernel);

        Assert.Equal(["abcd"], Request(session));
        Assert.Equal(["abcd"], Request(session));

        Assert.Equal([Get, Get], kernel.Requests.Select(static request => request.Type));
        Assert.All(kernel.Requests, static request => Assert.Equal(NetlinkFlags.Request, request.Flags));
        Assert.Equal(kernel.Requests[0].Sequence + 1, kernel.Requests[1].Sequence);
        Assert.All(kernel.Requests, request => Assert.Equal(kernel.PortId, request.PortId));
    }

    [Fact]
    public void Request_takes_an_answer_in_parts()
    {
        using var session = Session(static request =>
        [
            request.Message(New, "one."u8, NetlinkFlags.Multipart),
            [.. request.Message(New, "two."u8, NetlinkFlags.Multipart), .. request.Done()],
        ]);

        Assert.Equal(["one.", "two."], Request(session));
    }

    [Fact]
    public void Answer_with_another_sequence_or_port_is_passed_over()
    {
        using var session = Session(static request =>
        [
            ScriptedRequest.Build(New, 0, request.Sequence - 1, request.PortId, "late"u8),
            ScriptedRequest.Build(New, 0, request.Sequence, request.PortId + 1, "else"u8),
            ScriptedRequest.Build(New, 0, 0, 0, "news"u8),
            request.Message(New, "mine"u8),
        ]);

        Assert.Equal(["mine"], Request(session));
    }

    [Fact]
    public void Answer_that_comes_too_late_does_no_harm_to_the_next_request()
    {
        ScriptedRequest? unanswered = null;
        var kernel = new ScriptedKernel(request =>
        {
            if (unanswered is null)
            {
                unanswered = request;
                return [];
            }

            return [unanswered.Message(New, "late"u8), request.Message(New, "mine"u8)];
        });
        using var session = new NetlinkSession(kernel);

        var timedOut = Assert.Throws<NetlinkException>(() => Request(session));
        Assert.Equal(Errno.EAGAIN, timedOut.Errno);
        Assert.StartsWith("test: receive", timedOut.Operation, StringComparison.Ordinal);
        Assert.Equal(["mine"], Request(session));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refusal_keeps_error_number_text_offset_and_sequence(bool capped)
    {
        var kernel = new ScriptedKernel(request => [request.Error(Errno.EOPNOTSUPP, "no rates here", 36, capped)]);
        using var session = new NetlinkSession(kernel);

        var refused = Assert.Throws<NetlinkException>(() => session.Execute(NewRequest()));

        Assert.Equal("test", refused.Operation);
        Assert.Equal(Errno.EOPNOTSUPP, refused.Errno);
        Assert.Equal("EOPNOTSUPP", refused.ErrnoName);
        Assert.Equal("no rates here", refused.KernelMessage);
        Assert.Equal(36, refused.Offset);
        Assert.Equal(kernel.Requests[0].Sequence, refused.Sequence);
        Assert.Equal("test: EOPNOTSUPP (Operation not supported), the kernel says \"no rates here\", about offset 36 of the request", refused.Message);
    }

    [Fact]
    public void Spoilt_explanation_does_not_hide_the_error_number()
    {
        using var session = Session(static request =>
        {
            var error = request.Error(Errno.EINVAL, "text");

            // The explanation's first attribute now claims more than there is.
            error[16 + 4 + 16] = 0xff;
            return [error];
        });

        var refused = Assert.Throws<NetlinkException>(() => session.Execute(NewRequest()));

        Assert.Equal(Errno.EINVAL, refused.Errno);
        Assert.Null(refused.KernelMessage);
    }

    [Fact]
    public void Execute_asks_for_an_acknowledgement_and_returns_on_it()
    {
        var kernel = new ScriptedKernel(static request => [request.Message(New, "echo"u8), request.Acknowledge()]);
        using var session = new NetlinkSession(kernel);

        session.Execute(NewRequest());

        Assert.Equal(NetlinkFlags.Request | NetlinkFlags.Acknowledge, Assert.Single(kernel.Requests).Flags);
    }

    [Fact]
    public void Dump_reads_all_datagrams()
    {
        var kernel = new ScriptedKernel(static request =>
        [
            [.. request.Message(New, "one."u8, NetlinkFlags.Multipart), .. request.Message(New, "two."u8, NetlinkFlags.Multipart)],
            request.Message(1, [], NetlinkFlags.Multipart),
            request.Message(New, "three"u8, NetlinkFlags.Multipart),
            [],
            request.Done(),
        ]);
        using var session = new NetlinkSession(kernel);

        Assert.Equal(["one.", "two.", "three"], Dump(session));
        Assert.Equal(NetlinkFlags.Request | NetlinkFlags.Dump, Assert.Single(kernel.Requests).Flags);
    }

    [Fact]
    public void Acknowledgement_does_not_end_a_dump()
    {
        using var session = Session(static request =>
        [
            request.Message(New, "one."u8, NetlinkFlags.Multipart),
            request.Acknowledge(),
            request.Message(New, "two."u8, NetlinkFlags.Multipart),
            request.Done(),
        ]);

        Assert.Equal(["one.", "two."], Dump(session));
    }

    [Fact]
    public void Empty_dump_is_empty()
    {
        using var session = Session(static request => [request.Done()]);

        Assert.Empty(Dump(session));
    }

    [Fact]
    public void Dump_that_fails_half_way_tells_the_error_of_its_end()
    {
        using var session = Session(static request => [request.Message(New, "one."u8, NetlinkFlags.Multipart), request.Done(Errno.EMSGSIZE, "too much")]);

        var refused = Assert.Throws<NetlinkException>(() => Dump(session));

        Assert.Equal(Errno.EMSGSIZE, refused.Errno);
        Assert.Equal("too much", refused.KernelMessage);
    }

    [Theory]
    [InlineData(NetlinkFlags.DumpInterrupted, NetlinkFlags.None)]
    [InlineData(NetlinkFlags.None, NetlinkFlags.DumpInterrupted)]
    public void Interrupted_dump_starts_over(NetlinkFlags inMessage, NetlinkFlags inDone)
    {
        var attempts = 0;
        using var session = Session(request => ++attempts < 3
            ? [request.Message(New, "old."u8, NetlinkFlags.Multipart | inMessage), request.Done(flags: inDone)]
            : [request.Message(New, "new."u8, NetlinkFlags.Multipart), request.Done()]);

        Assert.Equal(["new."], Dump(session));
        Assert.Equal(3, attempts);
    }

    [Fact]
    public void Dump_that_is_always_interrupted_is_given_up()
    {
        var kernel = new ScriptedKernel(static request =>
            [request.Message(New, "old."u8, NetlinkFlags.Multipart | NetlinkFlags.DumpInterrupted), request.Done()]);
        using var session = new NetlinkSession(kernel);

        var refused = Assert.Throws<NetlinkException>(() => Dump(session));

        Assert.Equal(Errno.EINTR, refused.Errno);
        Assert.Equal(NetlinkSession.DumpAttempts, kernel.Requests.Count);
    }

    [Fact]
    public void Dump_of_which_a_part_was_lost_is_read_to_its_end_and_starts_over()
    {
        var attempts = 0;
        var kernel = new ScriptedKernel(request => ++attempts == 1
            ? [request.Message(New, "one."u8, NetlinkFlags.Multipart), ScriptedKernel.Overrun, request.Done()]
            : [request.Message(New, "one."u8, NetlinkFlags.Multipart), request.Message(New, "two."u8, NetlinkFlags.Multipart), request.Done()]);
        using var session = new NetlinkSession(kernel);

        Assert.Equal(["one.", "two."], Dump(session));
        Assert.Equal(2, attempts);
        Assert.Equal(0, kernel.Waiting);
    }

    [Fact]
    public void Lost_answer_is_ENOBUFS()
    {
        using var session = Session(static _ => [ScriptedKernel.Overrun]);

        Assert.Equal(Errno.ENOBUFS, Assert.Throws<NetlinkException>(() => Request(session)).Errno);
        Assert.Equal(Errno.ENOBUFS, Assert.Throws<NetlinkException>(() => session.Execute(NewRequest())).Errno);
    }

    [Fact]
    public void Overrun_message_is_ENOBUFS()
    {
        using var session = Session(static request => [request.Message(4, [])]);

        Assert.Equal(Errno.ENOBUFS, Assert.Throws<NetlinkException>(() => Request(session)).Errno);
    }

    [Fact]
    public void Rest_of_a_dump_is_read_when_a_handler_throws()
    {
        var kernel = new ScriptedKernel(static request =>
        [
            request.Message(New, "one."u8, NetlinkFlags.Multipart),
            request.Message(New, "two."u8, NetlinkFlags.Multipart),
            request.Done(),
        ]);
        using var session = new NetlinkSession(kernel);

        Assert.Throws<HandlerException>(() =>
            session.Dump(NewRequest(), 0, static (_, _) => throw new HandlerException(), static _ => { }));

        Assert.Equal(0, kernel.Waiting);
    }

    [Fact]
    public void Answer_of_300_kB_is_taken_whole()
    {
        var payload = new byte[300_000];
        Random.Shared.NextBytes(payload);
        using var session = Session(request => [request.Message(New, payload)]);
        var received = new List<byte[]>();

        session.Request(NewRequest(), received, static (received, message) => received.Add(message.Payload.ToArray()));

        Assert.Equal(payload, Assert.Single(received));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(100)]
    public void Truncated_datagram_is_refused(int length)
    {
        using var session = Session(request => [request.Message(New, new byte[200])[..length]]);

        Assert.Throws<NetlinkFormatException>(() => Request(session));
    }

    [Fact]
    public void Message_length_below_its_header_is_refused()
    {
        using var session = Session(static request =>
        {
            var message = request.Message(New, new byte[8]);
            message[0] = 15;
            return [message];
        });

        Assert.Throws<NetlinkFormatException>(() => Request(session));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-4096)]
    [InlineData(int.MinValue)]
    public void Error_number_that_cannot_be_is_refused(int error)
    {
        using var session = Session(request => [request.Message(2, BitConverter.GetBytes(error))]);

        Assert.Throws<NetlinkFormatException>(() => Request(session));
    }

    [Fact]
    public void Acknowledgement_or_end_in_place_of_an_answer_is_refused()
    {
        using var acknowledging = Session(static request => [request.Acknowledge()]);
        using var ending = Session(static request => [request.Done()]);

        Assert.Throws<NetlinkFormatException>(() => Request(acknowledging));
        Assert.Throws<NetlinkFormatException>(() => Request(ending));
    }

    [Fact]
    public void Handler_may_not_use_the_session_that_calls_it()
    {
        using var session = Session(static request => [request.Message(New, "abcd"u8)]);

        Assert.Throws<InvalidOperationException>(() =>
            session.Request(NewRequest(), session, static (session, _) => session.Execute(NewRequest())));

        Assert.Equal(["abcd"], Request(session));
    }

    [Fact]
    public void Session_disposes_of_its_transport()
    {
        var kernel = new ScriptedKernel(static _ => []);

        new NetlinkSession(kernel).Dispose();

        Assert.True(kernel.IsDisposed);
    }

    private static NetlinkSession Session(Func<ScriptedRequest, IEnumerable<byte[]>> answer) => new(new ScriptedKernel(answer));

    private static NetlinkRequest NewRequest()
    {
        var request = new NetlinkRequest { Operation = "test" };
        request.Begin(Get);
        return request;
    }

    private static List<string> Request(NetlinkSession session)
    {
        var answers = new List<string>();
        session.Request(NewRequest(), answers, Add);
        return answers;
    }

    private static List<string> Dump(NetlinkSession session)
    {
        var answers = new List<string>();
        session.Dump(NewRequest(), answers, Add, static answers => answers.Clear());
        return answers;
    }

    private static void Add(List<string> answers, NetlinkMessage message) => answers.Add(System.Text.Encoding.ASCII.GetString(message.Payload));

    private sealed class HandlerException : Exception;
}
