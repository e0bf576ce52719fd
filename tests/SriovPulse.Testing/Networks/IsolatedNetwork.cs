using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace SriovPulse.Testing.Networks;

/// <summary>
/// Runs a test in a network namespace of its own, on a thread of its own, so that what the test does to netdevs is seen by nobody else. The namespace
/// ends with the thread and the sockets opened in it, also when the test fails.
/// </summary>
public static class IsolatedNetwork
{
    private const int NewNetwork = 0x40000000;

    /// <summary>Why no namespace can be had here; null when it can.</summary>
    public static string? Obstacle { get; } = Try(static () => { });

    /// <summary>Runs the test; its exceptions come through.</summary>
    /// <exception cref="InvalidOperationException">There is an <see cref="Obstacle"/>.</exception>
    public static void Run(Action test)
    {
        if (Try(test) is { } obstacle)
        {
            throw new InvalidOperationException(obstacle);
        }
    }

    /// <summary>Runs a tool in the current thread's namespace and waits for it; it must succeed.</summary>
    public static void Execute(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{tool} {string.Join(' ', arguments)}: exit code {process.ExitCode}: {error}");
        }
    }

    private static string? Try(Action test)
    {
        string? obstacle = null;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            if (Unshare(NewNetwork) < 0)
            {
                obstacle = $"no network namespace can be made here: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}";
                return;
            }

            try
            {
                test();
            }
            catch (Exception failed)
            {
                failure = ExceptionDispatchInfo.Capture(failed);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return obstacle;
    }

    // DllImport, as LibraryImport would need unsafe code here.
    [DllImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static extern int Unshare(int flags);
}
