using SriovPulse.Agent.Ownership.Kubernetes;
using SriovPulse.Agent.Ownership.Kubernetes.Protocol;

namespace SriovPulse.Agent.Tests.Ownership.Kubernetes;

public sealed class PodClaimsTests
{
    [Fact]
    public void Devices_of_plugins_are_claimed_once_per_pod()
    {
        var response = new ListPodResourcesResponse
        {
            PodResources =
            {
                FakeKubelet.Pod("upf-0", "core", "0000:3b:02.1", "0000:3b:02.2", "0000:3b:02.1"),
                FakeKubelet.Pod("gpu", "ml", "GPU-8f2c", "0", ""),
                new PodResources { Name = "plain", Namespace = "default", Containers = { new ContainerResources { Name = "c" } } },
            },
        };
        var claims = PodClaims.Of(response);
        Assert.Equal(["0000:3b:02.1", "0000:3b:02.2"], claims.Select(c => c.Address!.Value.ToString()));
        Assert.All(claims, c => Assert.Equal(("upf-0", "core", "kubernetes", ""), (c.Workload.Name, c.Workload.Namespace, c.Workload.ManagedBy, c.Workload.Uuid)));
    }

    [Theory]
    [InlineData("0000-3b-02-1", "")]
    [InlineData("pci-0000-3b-02-1", "")]
    [InlineData("", "k8s.cni.cncf.io/vf=0000-3b-02-1")]
    [InlineData("vf-7", "vendor.example/net=0000:3b:02.1")]
    public void Devices_of_dynamic_claims_are_found_where_their_names_are_addresses(string device, string cdi)
    {
        var response = Dynamic(device, cdi);
        Assert.Equal("0000:3b:02.1", Assert.Single(PodClaims.Of(response)).Address.ToString());
    }

    [Theory]
    [InlineData("vf-7", "vendor.example/net=vf-7")]
    [InlineData("0000-3b-02-9", "")]
    [InlineData("0000-3b-021-", "")]
    [InlineData("------------", "============")]
    [InlineData("", "")]
    public void Names_that_are_no_addresses_claim_nothing(string device, string cdi) => Assert.Empty(PodClaims.Of(Dynamic(device, cdi)));

    [Fact]
    public void Pods_of_KubeVirt_are_known_by_their_name()
    {
        var response = new ListPodResourcesResponse { PodResources = { FakeKubelet.Pod("virt-launcher-router-vm-x7k2p", "team-a", "0000:3b:02.4") } };
        Assert.Equal("kubevirt", Assert.Single(PodClaims.Of(response)).Workload.ManagedBy);
    }

    private static ListPodResourcesResponse Dynamic(string device, string cdi) => new()
    {
        PodResources =
        {
            new PodResources
            {
                Name = "upf-0",
                Namespace = "core",
                Containers =
                {
                    new ContainerResources
                    {
                        DynamicResources =
                        {
                            new DynamicResource
                            {
                                ClaimName = "vf",
                                ClaimNamespace = "core",
                                ClaimResources = { new ClaimResource { DriverName = "sriovnetwork.k8snetworkplumbingwg.io", DeviceName = device, CdiDevices = { new CDIDevice { Name = cdi } } } },
                            },
                        },
                    },
                },
            },
        },
    };
}
