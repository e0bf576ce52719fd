using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Testing.GenericNetlink;

/// <summary>A kernel with one generic netlink family, which a test answers for. Other families do not exist.</summary>
public sealed class ScriptedFamily
{
    private const ushort Control = 0x10;
    private const ushort FamilyId = 0x15;
    private const int NoSuchFamily = 2;

    private readonly string _name;
    private readonly Func<ScriptedRequest, IEnumerable<byte[]>> _answer;

    /// <summary>Makes the kernel.</summary>
    /// <param name="name">The family's name.</param>
    /// <param name="answer">Gives the datagrams for a request to the family.</param>
    public ScriptedFamily(string name, Func<ScriptedRequest, IEnumerable<byte[]>> answer)
    {
        _name = name;
        _answer = answer;
        Kernel = new ScriptedKernel(Answer);
    }

    /// <summary>The kernel, to open a session over.</summary>
    public ScriptedKernel Kernel { get; }

    /// <summary>The requests to the family so far, without those that looked for it.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. Kernel.Requests.Where(request => request.Type == FamilyId)];

    /// <summary>The generic netlink command of a request.</summary>
    public static byte Command(ScriptedRequest request) => request.Payload[0];

    /// <summary>The attributes of a request.</summary>
    public static NetlinkAttributeReader Attributes(ScriptedRequest request) => new(request.Payload[4..]);

    /// <summary>A message of the family.</summary>
    public static byte[] Reply(ScriptedRequest request, byte command, AttributeBytes attributes, NetlinkFlags flags = NetlinkFlags.None) =>
        Reply(request, command, attributes.ToArray(), flags);

    /// <summary>A message of the family, its attributes any bytes.</summary>
    public static byte[] Reply(ScriptedRequest request, byte command, ReadOnlySpan<byte> attributes, NetlinkFlags flags = NetlinkFlags.None) =>
        request.Message(FamilyId, [command, 1, 0, 0, .. attributes], flags);

    private IEnumerable<byte[]> Answer(ScriptedRequest request)
    {
        if (request.Type != Control)
        {
            return _answer(request);
        }

        var asked = new NetlinkAttributeReader(request.Payload[4..]);
        while (asked.TryRead())
        {
            if (asked.Type == 2 && asked.GetString() == _name)
            {
                var found = new AttributeBytes().Put(2, _name).Put(1, FamilyId).Put(3, 1u).ToArray();
                return [request.Message(Control, [1, 2, 0, 0, .. found])];
            }
        }

        return [request.Error(NoSuchFamily)];
    }
}
