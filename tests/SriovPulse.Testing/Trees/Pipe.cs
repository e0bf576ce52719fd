using System.Runtime.InteropServices;

namespace SriovPulse.Testing.Trees;

/// <summary>A named pipe in a tree: reading it blocks until somebody writes, as an attribute does whose device is locked.</summary>
public sealed class Pipe
{
    private readonly string _path;

    public Pipe(HostTree host, string path)
    {
        _path = host.Full(path);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        if (MakePipe(_path, 0b110_100_100) != 0)
        {
            throw new IOException($"cannot make the pipe {_path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Lets the blocked reader have its content. Blocks while there is no reader.</summary>
    public void Write(string content) => File.WriteAllText(_path, content);

    [DllImport("libc", EntryPoint = "mkfifo", SetLastError = true)]
    private static extern int MakePipe([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}
