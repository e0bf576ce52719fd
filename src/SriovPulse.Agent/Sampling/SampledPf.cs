using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.VfStatistics;

namespace SriovPulse.Agent.Sampling;

/// <summary>What the sampler keeps of a PF.</summary>
internal sealed class SampledPf
{
    public SampledPf(PhysicalFunction pf, SampledPf? before)
    {
        Pf = pf;
        var count = pf.VirtualFunctions.Count;
        Vfs = new SaturationMeter[count];
        Bytes = new VfBytes[count];
        Read = new VfBytes[count];
        Limits = new double[count];
        VfCost = before?.VfCost ?? new SamplingCost();
        PortCost = before?.PortCost ?? new SamplingCost();
        if (before is null)
        {
            return;
        }

        Port = before.Port;
        foreach (var old in before.Pf.VirtualFunctions)
        {
            // A VF made anew starts to be sampled anew.
            if (IndexOf(old) is >= 0 and var position)
            {
                Vfs[position] = before.Vfs[before.IndexOf(old)];
            }
        }
    }

    public PhysicalFunction Pf { get; }

    public SaturationMeter[] Vfs { get; }

    public VfBytes[] Bytes { get; }

    /// <summary>What is just being read, before it is observed.</summary>
    public VfBytes[] Read { get; }

    public double[] Limits { get; }

    public SamplingCost VfCost { get; }

    public SamplingCost PortCost { get; }

    /// <summary>Whether the VFs are sampled at present.</summary>
    public bool SamplesVfs { get; set; }

    /// <summary>Whether the port is sampled at present.</summary>
    public bool SamplesPort { get; set; }

    public SaturationMeter Port;

    private int IndexOf(VirtualFunction vf)
    {
        for (var i = 0; i < Pf.VirtualFunctions.Count; i++)
        {
            if (Pf.VirtualFunctions[i].Index == vf.Index)
            {
                return Pf.VirtualFunctions[i].Generation == vf.Generation ? i : -1;
            }
        }

        return -1;
    }
}
