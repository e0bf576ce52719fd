using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace SriovPulse.Testing;

/// <summary>Runs code without the rights of root, although the tests may run as root, to whom no file is denied.</summary>
public static class Unprivileged
{
    private const uint Nobody = 65534;

    /// <summary>Runs the code on a thread of its own, as nobody when the process is root. Only what it does on that very thread lacks the rights.</summary>
    public static void Run(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                BecomeNobody();
                action();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    private static void BecomeNobody()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        // The bare system call changes the calling thread alone; libc's setresuid would change the process. All three ids, so there is no way
        // back and no capability left; the thread ends with the action.
        var number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 147 : 117;
        if (SystemCall(number, Nobody, Nobody, Nobody) != 0)
        {
            throw new InvalidOperationException($"setresuid failed: error {Marshal.GetLastPInvokeError()}");
        }
    }

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static extern nint SystemCall(nint number, nuint real, nuint effective, nuint saved);
}
