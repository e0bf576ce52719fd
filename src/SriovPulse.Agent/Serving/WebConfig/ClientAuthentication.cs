namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>What is asked of clients' certificates; the names are those of Go's tls.ClientAuthType, which the format uses.</summary>
internal enum ClientAuthentication
{
    /// <summary>None is asked for.</summary>
    NoClientCert,

    /// <summary>One is asked for and not looked at.</summary>
    RequestClientCert,

    /// <summary>One is needed and not verified.</summary>
    RequireAnyClientCert,

    /// <summary>None is needed; one that is given is verified.</summary>
    VerifyClientCertIfGiven,

    /// <summary>One is needed and verified.</summary>
    RequireAndVerifyClientCert,
}
