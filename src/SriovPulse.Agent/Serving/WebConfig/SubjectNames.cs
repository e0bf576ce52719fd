using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>The subject alternative names of a certificate.</summary>
internal static class SubjectNames
{
    private const string SubjectAltName = "2.5.29.17";

    /// <summary>Its DNS names, mail addresses, URIs and IP addresses as text; GeneralName of RFC 5280 section 4.2.1.6.</summary>
    public static List<string> Of(X509Certificate2 certificate)
    {
        var names = new List<string>();
        if (certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == SubjectAltName) is not { } extension)
        {
            return names;
        }

        try
        {
            var reader = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (reader.HasData)
            {
                var tag = reader.PeekTag();
                switch (tag.TagValue)
                {
                    case 1 or 2 or 6 when tag.TagClass == TagClass.ContextSpecific:
                        names.Add(reader.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                        break;
                    case 7 when tag.TagClass == TagClass.ContextSpecific:
                        names.Add(new IPAddress(reader.ReadOctetString(tag)).ToString());
                        break;
                    default:
                        reader.ReadEncodedValue();
                        break;
                }
            }
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException)
        {
            // A malformed extension names nobody.
            names.Clear();
        }

        return names;
    }
}
