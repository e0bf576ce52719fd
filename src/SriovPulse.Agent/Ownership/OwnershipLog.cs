using Microsoft.Extensions.Logging;

namespace SriovPulse.Agent.Ownership;

/// <summary>What ownership logs: each kind of trouble with a source once in the agent's life, however often it is met.</summary>
internal sealed partial class OwnershipLog(ILogger logger)
{
    private readonly HashSet<(OwnershipSource, SourceAccess)> _told = [];

    public void Tell(SourceState state)
    {
        if (state.Access is SourceAccess.NotPresent or SourceAccess.Pending or SourceAccess.Readable || !_told.Add((state.Source, state.Access)))
        {
            return;
        }

        if (state.Access == SourceAccess.Denied)
        {
            Denied(logger, OwnershipLabels.Of(state.Source), state.Detail, Cure(state.Source));
        }
        else
        {
            Unreadable(logger, OwnershipLabels.Of(state.Source), OwnershipLabels.Of(state.Access), state.Detail);
        }
    }

    private static string Cure(OwnershipSource source) => source switch
    {
        OwnershipSource.Libvirt => "grant CAP_DAC_READ_SEARCH, or set ownership.libvirt to false",
        OwnershipSource.Vfio => "grant CAP_DAC_READ_SEARCH and CAP_SYS_PTRACE in the host's process namespace, or set ownership.processes to false",
        OwnershipSource.Qemu => "use the host's process namespace and /proc without hidepid, or grant CAP_SYS_PTRACE, or set ownership.processes to false",
        _ => "run as root or grant CAP_DAC_OVERRIDE, or set ownership.kubelet to false",
    };

    [LoggerMessage(EventId = 400, Level = LogLevel.Warning,
        Message = "Owners of VFs cannot be read in full from {Source}: {Detail} is denied. To cure it, {Cure}. Told once.")]
    private static partial void Denied(ILogger logger, string source, string detail, string cure);

    [LoggerMessage(EventId = 401, Level = LogLevel.Warning,
        Message = "Owners of VFs cannot be read in full from {Source} ({Reason}): {Detail}. Told once.")]
    private static partial void Unreadable(ILogger logger, string source, string reason, string detail);
}
