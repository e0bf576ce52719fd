using FsCheck;
using FsCheck.Fluent;

namespace SriovPulse.PromQL.Tests.Properties;

/// <summary>Runs a property for many seeds; a failure names its seed.</summary>
public static class Seeds
{
    public static void ForAll(int count, Action<Random> property) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>().Generator.Select(static seed => seed).ToArbitrary(), seed => property(new Random(seed)))
            .Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(count).WithEndSize(int.MaxValue / 2));
}
