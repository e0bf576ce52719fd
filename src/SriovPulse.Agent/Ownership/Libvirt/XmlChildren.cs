using System.Xml;

namespace SriovPulse.Agent.Ownership.Libvirt;

/// <summary>Walks XML by child elements.</summary>
internal static class XmlChildren
{
    /// <summary>
    /// Steps through the child elements of the element that the reader stands on, giving local names. A child that the caller has not read is
    /// skipped; a child's own children may be walked the same way, and its text read with <see cref="ReadText"/>.
    /// </summary>
    public static IEnumerable<string> Children(this XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            yield break;
        }

        var depth = reader.Depth;
        reader.Read();
        while (reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Depth > depth + 1)
            {
                reader.Read();
                continue;
            }

            var line = (IXmlLineInfo)reader;
            var (row, column) = (line.LineNumber, line.LinePosition);
            yield return reader.LocalName;
            if (reader.NodeType == XmlNodeType.Element && line.LineNumber == row && line.LinePosition == column)
            {
                reader.Skip();
            }
        }
    }

    /// <summary>The text in the element that the reader stands on, elements inside it included; leaves the reader at the element's end.</summary>
    public static string ReadText(this XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return string.Empty;
        }

        var depth = reader.Depth;
        var text = string.Empty;
        while (reader.Read() && reader.Depth > depth)
        {
            text += reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace ? reader.Value : string.Empty;
        }

        return text;
    }
}
