namespace ContainerSandbox.Docker.Tests.Hardening;

/// <summary>Which sockets there are, and that they lead nowhere.</summary>
[Collection(HardeningGroup.Name)]
public sealed class SocketTests(HardeningFixture hardening)
{
    [Theory]
    [InlineData("socket-alg")]
    [InlineData("socketpair-alg")]
    [InlineData("socket-vsock")]
    [InlineData("socketpair-vsock")]
    [InlineData("socketpair-inet")]
    [InlineData("socket-unspecified")]
    [InlineData("socket-packet")]
    [InlineData("socket-bluetooth")]
    [InlineData("socket-sctp")]
    [InlineData("socket-mptcp")]
    [InlineData("socket-netlink-netfilter")]
    [InlineData("socket-netlink-crypto")]
    [InlineData("socket-raw")]
    [InlineData("socket-raw6")]
    // The kernel drops the upper half of these numbers: a filter that compares it is walked around.
    [InlineData("socket-alg-high")]
    [InlineData("socket-vsock-high")]
    [InlineData("socket-mptcp-high")]
    public async Task Other_families_and_protocols_are_refused(string check) => Assert.Equal("EPERM", await hardening.ProbeAsync(check));

    [Theory]
    [InlineData("socket-unix")]
    [InlineData("socketpair-unix")]
    [InlineData("socket-tcp")]
    [InlineData("socket-tcp6")]
    [InlineData("socket-udp")]
    [InlineData("socket-netlink-route")]
    [InlineData("loopback")]
    public async Task What_programs_use_works(string check) => Assert.Equal("OK", await hardening.ProbeAsync(check));

    [Fact]
    public async Task The_only_interface_is_the_loopback() => Assert.Equal("lo", await hardening.ProbeAsync("interfaces"));

    // The metadata services of clouds, the engine's bridge and the usual gateways, private networks, a name server.
    [Theory]
    [InlineData("tcp 169.254.169.254 80")]
    [InlineData("udp 169.254.169.254 80")]
    [InlineData("tcp 100.100.100.200 80")]
    [InlineData("tcp 172.17.0.1 22")]
    [InlineData("tcp 10.0.0.1 80")]
    [InlineData("tcp 192.168.0.1 80")]
    [InlineData("tcp 8.8.8.8 53")]
    [InlineData("udp 8.8.8.8 53")]
    public async Task Nothing_outside_is_reachable(string where) => Assert.Equal("ENETUNREACH", await hardening.ProbeAsync("connect " + where));

    // Without a route, or without any address where the engine turns version 6 off.
    [Theory]
    [InlineData("tcp fd00:ec2::254 80")]
    [InlineData("tcp 2001:4860:4860::8888 53")]
    public async Task Nothing_outside_is_reachable_by_version_6(string where) =>
        Assert.Contains(await hardening.ProbeAsync("connect " + where), (string[])["ENETUNREACH", "EADDRNOTAVAIL"]);

    [Fact]
    public async Task An_abstract_socket_of_the_machine_is_not_there()
    {
        var name = "cs-hardening-" + Guid.NewGuid().ToString("n");
        using var server = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        server.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint("\0" + name));
        server.Listen();

        Assert.Equal("OK", await hardening.ProbeOutsideAsync("connect-abstract " + name));
        Assert.Equal("ECONNREFUSED", await hardening.ProbeAsync("connect-abstract " + name));
    }
}
