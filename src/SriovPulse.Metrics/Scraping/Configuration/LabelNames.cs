namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>Names of labels as PromQL can write them without quotes.</summary>
internal static class LabelNames
{
    public static bool IsValid(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsAsciiLetter(name[i]) && name[i] != '_' && (i == 0 || !char.IsAsciiDigit(name[i])))
            {
                return false;
            }
        }

        return name.Length > 0;
    }
}
