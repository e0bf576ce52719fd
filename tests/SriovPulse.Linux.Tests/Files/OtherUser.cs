using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace SriovPulse.Linux.Tests.Files;

/// <summary>Runs code whose file accesses are those of an unprivileged user, also when the tests run as root, to whom nothing is denied.</summary>
internal static class OtherUser
{
    private const int Nobody = 65534;

    /// <summary>
    /// Runs on a thread of its own that sets its file-system user id: that is per thread, and away from 0 the kernel drops the capabilities that
    /// override permissions (capabilities(7), "Effect of user ID changes"). Without root the call changes nothing, and the code runs as the user it is.
    /// </summary>
    public static void Run(Action action)
    {
        ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                _ = SetFileSystemUser(Nobody);
                action();
            }
            catch (Exception e)
            {
                thrown = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        thrown?.Throw();
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    private static extern int SetFileSystemUser(int user);
}
