using System.Runtime.InteropServices;
using System.Text;
using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Interop;

namespace SriovPulse.Testing.Ethtool;

/// <summary>
/// One netdev's driver behind the ethtool ioctl, for tests. Answers as the kernel's net/ethtool/ioctl.c does, on request as before it looked at the
/// caller's number of statistics: then it writes all it has, up to the guard page.
/// </summary>
/// <param name="netdev">The only netdev there is.</param>
public sealed class ScriptedDriver(string netdev) : IEthtoolDoor
{
    private const uint DriverInformation = 0x03;
    private const uint Strings = 0x1b;
    private const uint Values = 0x1d;
    private const uint SetInformation = 0x37;

    /// <summary>The statistics, by name.</summary>
    public List<(string Name, ulong Value)> Statistics { get; } = [];

    /// <summary>Name of the driver.</summary>
    public string Driver { get; set; } = "scripted";

    /// <summary>Version of the firmware.</summary>
    public string Firmware { get; set; } = string.Empty;

    /// <summary>Whether the kernel ignores the number of statistics that the caller has room for, as those before 2026 do.</summary>
    public bool IgnoresRoom { get; set; }

    /// <summary>Error number for a command; 0 to carry it out.</summary>
    public Func<uint, int> Refusal { get; set; } = static _ => 0;

    /// <summary>Called before each command, to change the driver in between.</summary>
    public Action<uint> Before { get; set; } = static _ => { };

    /// <summary>The commands so far.</summary>
    public List<uint> Commands { get; } = [];

    /// <summary>Whether the door was closed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>The ioctl with this driver behind it.</summary>
    public EthtoolIoctl Open() => new(this);

    int IEthtoolDoor.Invoke(string name, GuardedBuffer command)
    {
        var bytes = command.Bytes;
        var number = MemoryMarshal.Read<uint>(bytes);
        Before(number);
        Commands.Add(number);
        if (name != netdev)
        {
            return Errno.ENODEV;
        }

        if (Refusal(number) is var errno and not 0)
        {
            return errno;
        }

        return number switch
        {
            DriverInformation => Describe(bytes),
            SetInformation => Count(bytes),
            Strings => Fill(bytes, 8, 12, 32, (i, field) => Encoding.UTF8.GetBytes(Statistics[i].Name, field)),
            Values => Fill(bytes, 4, 8, 8, (i, field) => MemoryMarshal.Write(field, Statistics[i].Value)),
            _ => Errno.EOPNOTSUPP,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => IsDisposed = true;

    private int Describe(Span<byte> bytes)
    {
        Encoding.UTF8.GetBytes(Driver, bytes[4..]);
        Encoding.UTF8.GetBytes(Firmware, bytes[68..]);
        Encoding.UTF8.GetBytes("0000:01:00.0", bytes[100..]);
        return 0;
    }

    private int Count(Span<byte> bytes)
    {
        MemoryMarshal.Write(bytes[8..], Statistics.Count > 0 ? MemoryMarshal.Read<ulong>(bytes[8..]) : 0UL);
        MemoryMarshal.Write(bytes[16..], Statistics.Count);
        return 0;
    }

    private int Fill(Span<byte> bytes, int countAt, int dataAt, int width, Field write)
    {
        var room = MemoryMarshal.Read<int>(bytes[countAt..]);
        if (!IgnoresRoom && room != 0 && room != Statistics.Count)
        {
            MemoryMarshal.Write(bytes[countAt..], 0);
            return 0;
        }

        MemoryMarshal.Write(bytes[countAt..], Statistics.Count);
        for (var i = 0; i < Statistics.Count; i++)
        {
            var at = dataAt + (i * width);
            if (at + width > bytes.Length)
            {
                return 14; // EFAULT: the guard page
            }

            var field = bytes.Slice(at, width);
            field.Clear();
            write(i, field);
        }

        return 0;
    }

    private delegate void Field(int index, Span<byte> bytes);
}
