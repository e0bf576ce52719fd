using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Otlp;

namespace SriovPulse.Agent.Configuration;

/// <summary>The table of all settings. A new one is a row here and a property of the options.</summary>
internal static class Settings
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);

    private static readonly Setting[] s_rows =
    [
        Setting.Many(
            "web.listen-address",
            ValueForms.ListenAddress,
            "Where to serve metrics. IPv6 addresses stand in brackets, :9836 means all addresses, unix:/path a Unix socket.",
            o => o.Web.ListenAddresses,
            (o, v) => o with { Web = o.Web with { ListenAddresses = v } }),
        Setting.One(
            "web.telemetry-path",
            ValueForms.HttpPath,
            "Path of the metrics.",
            o => o.Web.TelemetryPath,
            (o, v) => o with { Web = o.Web with { TelemetryPath = v } }),
        Setting.Optional(
            "web.config.file",
            ValueForms.File,
            "TLS and basic auth, in the web configuration format that Prometheus exporters share.",
            o => o.Web.ConfigFile,
            (o, v) => o with { Web = o.Web with { ConfigFile = v } }),
        Setting.One(
            "web.max-connections",
            ValueForms.Whole(1, 65_536),
            "Connections served at once; requests on further ones are answered with 503.",
            o => o.Web.MaxConnections,
            (o, v) => o with { Web = o.Web with { MaxConnections = v } }),
        Setting.One(
            "web.scrape-timeout-offset",
            ValueForms.Duration(TimeSpan.Zero, s_hour),
            "Subtracted from the timeout that Prometheus tells, so that the answer arrives in time.",
            o => o.Web.ScrapeTimeoutOffset,
            (o, v) => o with { Web = o.Web with { ScrapeTimeoutOffset = v } }),
        Setting.Switch(
            "web.openmetrics-created",
            "Write _created lines into OpenMetrics answers. Prometheus stores each as a series of its own unless its created-timestamp feature is on.",
            o => o.Web.OpenMetricsCreated,
            (o, v) => o with { Web = o.Web with { OpenMetricsCreated = v } }),
        Setting.One(
            "path.rootfs",
            ValueForms.Folder,
            "Where the host's root file system is mounted. Concerns files only: netlink asks the running kernel.",
            o => o.RootPath,
            (o, v) => o with { RootPath = v }),
        Setting.One(
            "log.level",
            ValueForms.Choice(
                ("debug", LogLevel.Debug), ("info", LogLevel.Information), ("warn", LogLevel.Warning), ("error", LogLevel.Error)),
            "Least severity that is logged.",
            o => o.Log.Level,
            (o, v) => o with { Log = o.Log with { Level = v } }),
        Setting.One(
            "log.format",
            ValueForms.Choice(("logfmt", LogFormat.Logfmt), ("json", LogFormat.Json)),
            "Form of the log's lines.",
            o => o.Log.Format,
            (o, v) => o with { Log = o.Log with { Format = v } }),
        Setting.One(
            "collection.max-age",
            ValueForms.Duration(TimeSpan.Zero, s_hour),
            "A scrape within this time of the last collection shares its result.",
            o => o.Collection.MaxAge,
            (o, v) => o with { Collection = o.Collection with { MaxAge = v } }),
        Setting.One(
            "collection.collector-timeout",
            ValueForms.Duration(TimeSpan.FromMilliseconds(10), s_hour),
            "A collector that takes longer is left out of the answer and told as failed.",
            o => o.Collection.CollectorTimeout,
            (o, v) => o with { Collection = o.Collection with { CollectorTimeout = v } }),
        Setting.One(
            "sampler.min-interval",
            ValueForms.Duration(TimeSpan.FromMilliseconds(10), s_hour),
            "Saturation is sampled no more often than this.",
            o => o.Sampler.MinInterval,
            (o, v) => o with { Sampler = o.Sampler with { MinInterval = v } }),
        Setting.One(
            "sampler.max-interval",
            ValueForms.Duration(TimeSpan.FromMilliseconds(10), s_hour),
            "Where sampling would have to be slower than this, there are no saturation series.",
            o => o.Sampler.MaxInterval,
            (o, v) => o with { Sampler = o.Sampler with { MaxInterval = v } }),
        Setting.One(
            "sampler.rtnl-share",
            ValueForms.Ratio(1),
            "Largest share of time that sampling may hold the kernel's RTNL lock.",
            o => o.Sampler.RtnlShare,
            (o, v) => o with { Sampler = o.Sampler with { RtnlShare = v } }),
        Setting.One(
            "sampler.saturation-threshold",
            ValueForms.Ratio(1),
            "Share of its limit from which on a VF or port counts as saturated.",
            o => o.Sampler.SaturationThreshold,
            (o, v) => o with { Sampler = o.Sampler with { SaturationThreshold = v } }),
        Setting.Optional(
            "pf.include",
            ValueForms.Pattern,
            "Read only PFs whose netdev name or PCI address matches as a whole.",
            o => o.PhysicalFunctions.Include,
            (o, v) => o with { PhysicalFunctions = o.PhysicalFunctions with { Include = v } }),
        Setting.Optional(
            "pf.exclude",
            ValueForms.Pattern,
            "Read no PF whose netdev name or PCI address matches as a whole.",
            o => o.PhysicalFunctions.Exclude,
            (o, v) => o with { PhysicalFunctions = o.PhysicalFunctions with { Exclude = v } }),
        Setting.Map(
            "pf.physical-networks",
            "PF",
            ValueForms.Text with { Placeholder = "NETWORK" },
            "The physical network that a PF, by netdev name or PCI address, is wired to; shown in sriov_pf_info.",
            o => o.PhysicalFunctions.PhysicalNetworks,
            (o, v) => o with { PhysicalFunctions = o.PhysicalFunctions with { PhysicalNetworks = v } }),
        Setting.Switch(
            "ownership.libvirt",
            "Look for owners of VFs in libvirt's status files.",
            o => o.Ownership.Libvirt,
            (o, v) => o with { Ownership = o.Ownership with { Libvirt = v } }),
        Setting.Switch(
            "ownership.processes",
            "Look for owners of VFs among processes: their VFIO descriptors and QEMU's command line.",
            o => o.Ownership.Processes,
            (o, v) => o with { Ownership = o.Ownership with { Processes = v } }),
        Setting.Switch(
            "ownership.kubelet",
            "Ask the kubelet which pods own VFs.",
            o => o.Ownership.Kubelet,
            (o, v) => o with { Ownership = o.Ownership with { Kubelet = v } }),
        Setting.One(
            "ownership.refresh-interval",
            ValueForms.Duration(s_second, s_hour),
            "How often processes and the kubelet are asked when no VF has changed.",
            o => o.Ownership.RefreshInterval,
            (o, v) => o with { Ownership = o.Ownership with { RefreshInterval = v } }),
        Setting.Many(
            "ownership.labels",
            ValueForms.Text with { Placeholder = "LABEL" },
            "Labels of VMs to export, without label_ before them. None named: all that the metadata offers, 16 per VM at most.",
            o => o.Ownership.Labels,
            (o, v) => o with { Ownership = o.Ownership with { Labels = v } }),
        Setting.Map(
            "ownership.orchestrators",
            "NAMESPACE",
            ValueForms.Text with { Placeholder = "NAME" },
            "Further namespaces of libvirt metadata, and the managed_by of a domain that has an element of them.",
            o => o.Ownership.Orchestrators,
            (o, v) => o with { Ownership = o.Ownership with { Orchestrators = v } }),
        Setting.Optional(
            "host.control-address",
            ValueForms.HostPort,
            "Where this host's control process is reached; shown in sriov_host_info.",
            o => o.ControlAddress,
            (o, v) => o with { ControlAddress = v }),
        Setting.Optional(
            "otlp.endpoint",
            ValueForms.Url,
            "Push the same data over OTLP to this URL (for gRPC http://host:4317, for HTTP the base http://host:4318). Unset: OTEL_EXPORTER_OTLP_ENDPOINT, and without it nothing is pushed.",
            o => o.Otlp.Endpoint,
            (o, v) => o with { Otlp = o.Otlp with { Endpoint = v } }),
        Setting.OptionalValue(
            "otlp.protocol",
            ValueForms.Choice(("grpc", OtlpProtocol.Grpc), ("http", OtlpProtocol.HttpProtobuf)),
            "How OTLP requests travel. Unset: OTEL_EXPORTER_OTLP_PROTOCOL, else http.",
            o => o.Otlp.Protocol,
            (o, v) => o with { Otlp = o.Otlp with { Protocol = v } }),
        Setting.OptionalValue(
            "otlp.interval",
            ValueForms.Duration(s_second, TimeSpan.FromDays(1)),
            "Time from one OTLP export to the next. Unset: OTEL_METRIC_EXPORT_INTERVAL, else 60s.",
            o => o.Otlp.Interval,
            (o, v) => o with { Otlp = o.Otlp with { Interval = v } }),
        Setting.OptionalValue(
            "otlp.timeout",
            ValueForms.Duration(s_millisecond, s_hour),
            "How long one OTLP request may take. Unset: OTEL_EXPORTER_OTLP_TIMEOUT, else 10s.",
            o => o.Otlp.Timeout,
            (o, v) => o with { Otlp = o.Otlp with { Timeout = v } }),
        Setting.Map(
            "otlp.header",
            "NAME",
            ValueForms.AnyText with { Placeholder = "VALUE" },
            "Header of each OTLP request. Secrets belong into the file: other users see a process's command line.",
            o => o.Otlp.Headers,
            (o, v) => o with { Otlp = o.Otlp with { Headers = v } }),
        Setting.OptionalValue(
            "otlp.compression",
            ValueForms.Choice(("none", OtlpCompression.None), ("gzip", OtlpCompression.Gzip)),
            "Compression of OTLP requests. Unset: OTEL_EXPORTER_OTLP_COMPRESSION, else none.",
            o => o.Otlp.Compression,
            (o, v) => o with { Otlp = o.Otlp with { Compression = v } }),
        Setting.Optional(
            "otlp.ca-file",
            ValueForms.File,
            "PEM file of the authorities that the OTLP endpoint's certificate is checked against, instead of the system's.",
            o => o.Otlp.CaFile,
            (o, v) => o with { Otlp = o.Otlp with { CaFile = v } }),
        Setting.Optional(
            "otlp.client-certificate-file",
            ValueForms.File,
            "PEM file of the certificate shown to the OTLP endpoint.",
            o => o.Otlp.ClientCertificateFile,
            (o, v) => o with { Otlp = o.Otlp with { ClientCertificateFile = v } }),
        Setting.Optional(
            "otlp.client-key-file",
            ValueForms.File,
            "PEM file of that certificate's key.",
            o => o.Otlp.ClientKeyFile,
            (o, v) => o with { Otlp = o.Otlp with { ClientKeyFile = v } }),
        Setting.Map(
            "otlp.resource-attributes",
            "NAME",
            ValueForms.AnyText with { Placeholder = "VALUE" },
            "Added to the resource attributes of OTLP exports.",
            o => o.Otlp.ResourceAttributes,
            (o, v) => o with { Otlp = o.Otlp with { ResourceAttributes = v } }),
    ];

    /// <summary>The table with a row for each collector.</summary>
    public static IReadOnlyList<Setting> All(IReadOnlyList<CollectorChoice> collectors) =>
    [
        .. s_rows,
        .. collectors.Select(collector => Setting.Switch(
            $"collector.{collector.Name}",
            $"Collect {collector.Description}.",
            o => o.Collectors.Contains(collector.Name),
            (o, v) => o with
            {
                Collectors = new HashSet<string>(v ? o.Collectors.Append(collector.Name) : o.Collectors.Where(name => name != collector.Name)),
            })),
    ];

    /// <summary>What holds when nobody says anything.</summary>
    public static AgentOptions Defaults(IReadOnlyList<CollectorChoice> collectors) =>
        new() { Collectors = collectors.Where(collector => collector.IsOnByDefault).Select(collector => collector.Name).ToHashSet() };

    /// <summary>What is wrong with settings only in relation to each other.</summary>
    public static IEnumerable<ConfigurationError> Contradictions(AgentOptions options)
    {
        if (options.Web.TelemetryPath.StartsWith("/-/", StringComparison.Ordinal))
        {
            yield return new(Origin.CommandLine, $"web.telemetry-path: {options.Web.TelemetryPath} is below /-/, where the agent tells its health: choose another path");
        }

        if (options.Web.ListenAddresses.Count == 0)
        {
            yield return new(Origin.CommandLine, "web.listen-address: name at least one address");
        }

        if (options.Sampler.MaxInterval < options.Sampler.MinInterval)
        {
            yield return new(
                Origin.CommandLine,
                $"sampler.max-interval ({Durations.Format(options.Sampler.MaxInterval)}) is shorter than sampler.min-interval ({Durations.Format(options.Sampler.MinInterval)})");
        }

        if (options.Otlp.ClientCertificateFile is null != options.Otlp.ClientKeyFile is null)
        {
            yield return new(Origin.CommandLine, "otlp.client-certificate-file and otlp.client-key-file go together: give both or none");
        }
    }
}
