using System.ComponentModel;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace SriovPulse.Testing.Netlink;

/// <summary>Runs a test in a network namespace of its own, where it may change links. The kernel removes it when the thread and its sockets are gone.</summary>
public static class OwnNetworkNamespace
{
    private const int NewNetworkNamespace = 0x40000000;
    private const int NotPermitted = 1;

    /// <summary>Runs the body on a thread of its own.</summary>
    /// <returns>False when the process may not make a namespace.</returns>
    public static bool TryRun(Action body)
    {
        var permitted = true;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                permitted = TryEnter();
                if (permitted)
                {
                    body();
                }
            }
#pragma warning disable CA1031 // handed on to the calling thread
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(thrown);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return permitted;
    }

    private static bool TryEnter()
    {
        // Namespaces belong to threads, and this one ends with the test.
        if (Unshare(NewNetworkNamespace) == 0)
        {
            return true;
        }

        var errno = Marshal.GetLastPInvokeError();
        return errno == NotPermitted ? false : throw new Win32Exception(errno);
    }

    [DllImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static extern int Unshare(int flags);
}
