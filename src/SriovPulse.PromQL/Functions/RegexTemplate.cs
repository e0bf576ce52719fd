using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SriovPulse.PromQL.Functions;

/// <summary>
/// Replacement templates as Go expands them: <c>$name</c> takes the longest run of letters, digits and underscores, so <c>$1x</c> is the group "1x";
/// <c>${1}x</c> is group 1 and an x; a group that is not there is empty; <c>$$</c> is a dollar.
/// </summary>
internal static class RegexTemplate
{
    public static string Expand(string template, Match match)
    {
        var dollar = template.IndexOf('$', StringComparison.Ordinal);
        if (dollar < 0)
        {
            return template;
        }

        var text = new StringBuilder();
        var at = 0;
        while (dollar >= 0)
        {
            text.Append(template, at, dollar - at);
            at = dollar + 1;
            if (at < template.Length && template[at] == '$')
            {
                text.Append('$');
                at++;
            }
            else if (TryReadName(template, at, out var name, out var end))
            {
                text.Append(Group(match, name));
                at = end;
            }
            else
            {
                text.Append('$');
            }

            dollar = template.IndexOf('$', at);
        }

        return text.Append(template, at, template.Length - at).ToString();
    }

    private static bool TryReadName(string template, int at, out string name, out int end)
    {
        var braced = at < template.Length && template[at] == '{';
        var start = braced ? at + 1 : at;
        end = start;
        while (end < template.Length && (char.IsLetterOrDigit(template[end]) || template[end] == '_'))
        {
            end++;
        }

        name = template[start..end];
        if (name.Length == 0 || (braced && (end == template.Length || template[end] != '}')))
        {
            return false;
        }

        end += braced ? 1 : 0;
        return true;
    }

    private static string Group(Match match, string name)
    {
        var isNumber = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return isNumber ? match.Groups[number].Value : match.Groups[name].Value;
    }
}
