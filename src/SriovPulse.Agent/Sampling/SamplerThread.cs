using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Inventory;

namespace SriovPulse.Agent.Sampling;

/// <summary>Runs the sampler beside the collections. PFs that nobody has collected yet are not sampled.</summary>
internal sealed partial class SamplerThread : IDisposable
{
    private readonly Sampler _sampler;
    private readonly Func<HostInventory> _inventory;
    private readonly ILogger _logger;
    private readonly ManualResetEventSlim _stop = new();
    private bool _failing;

    /// <summary>Starts the thread.</summary>
    public SamplerThread(Sampler sampler, Func<HostInventory> inventory, ILogger logger)
    {
        _sampler = sampler;
        _inventory = inventory;
        _logger = logger;
        new Thread(Run, maxStackSize: 512 * 1024) { IsBackground = true, Name = "sampler" }.Start();
    }

    /// <summary>Ends the thread after its current round.</summary>
    public void Dispose() => _stop.Set();

    private void Run()
    {
        var wait = TimeSpan.FromMilliseconds(100);
        while (!_stop.Wait(wait))
        {
            try
            {
                wait = _sampler.SampleOnce(_inventory());
                _failing = false;
            }
#pragma warning disable CA1031 // Whatever goes wrong with one sample, the next is tried.
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (!_failing)
                {
                    SamplingFailed(_logger, e, e.Message);
                }

                _failing = true;
                wait = TimeSpan.FromSeconds(1);
            }
        }
    }

    [LoggerMessage(120, LogLevel.Warning, "sampling fails: {Reason}")]
    private static partial void SamplingFailed(ILogger logger, Exception exception, string reason);
}
