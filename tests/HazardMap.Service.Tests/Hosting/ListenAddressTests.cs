using System.Net;
using System.Net.Sockets;
using HazardMap.Service.Hosting;

namespace HazardMap.Service.Tests.Hosting;

/// <summary>Which words name an address to listen on, and which addresses people are told to open.</summary>
public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("0.0.0.0", "0.0.0.0", null), InlineData("192.168.1.5:8443", "192.168.1.5", 8443), InlineData("::", "::", null)]
    [InlineData("[::]:8443", "::", 8443), InlineData("[fd00::5]", "fd00::5", null), InlineData("localhost:9", "127.0.0.1", 9)]
    [InlineData("::1", "::1", null)]
    public void An_address_has_a_port_or_not(string text, string address, int? port) =>
        Assert.Equal((IPAddress.Parse(address), port), ListenAddress.Parse(text));

    [Theory]
    [InlineData(""), InlineData("8443"), InlineData("*"), InlineData("010.0.0.1"), InlineData("10.1"), InlineData("1.2.3.4:70000")]
    [InlineData("1.2.3.4:"), InlineData("[1.2.3.4]:80"), InlineData("https://1.2.3.4"), InlineData("1.2.3.4:-1")]
    [InlineData("pond.example"), InlineData("[::1")]
    public void Anything_else_is_none(string text) => Assert.Null(ListenAddress.Parse(text));

    [Fact]
    public void A_port_in_use_another_s_address_and_two_that_exclude_each_other_are_refused()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        Assert.Equal("PortTaken", Refused($"127.0.0.1:{port}").Code);
        Assert.Contains("127.0.0.1", Refused("192.0.2.77:0").MessageZh, StringComparison.Ordinal);
        Assert.Equal("AddressNotOurs", Refused("192.0.2.77:0").Code);
        taken.Stop();
        Assert.Equal("PortTaken", Refused($"127.0.0.1:{port}", $"127.0.0.1:{port}").Code);
        Assert.Equal("PortTaken", Refused($"127.0.0.1:{port}", $"[::]:{port}").Code);
        Assert.Equal(port, Assert.Single(ListenAddress.Of([$"127.0.0.1:{port}"], port: null, tls: true)).Port);
    }

    [Fact]
    public void People_are_told_names_first_and_nothing_that_a_browser_would_warn_of()
    {
        var ours = MachineNames.Addresses().Where(one => one.AddressFamily == AddressFamily.InterNetwork)
            .Select(one => $"https://{one}:8443");
        Assert.Equal(["https://map.example:8443", .. ours],
            new ServedAddresses(["https://0.0.0.0:8443"], ["map.example"], IsProxied: false).ForPhones());
        Assert.Equal(["https://pond.example"], // 443 is what a browser adds by itself
            new ServedAddresses(["https://0.0.0.0:443"], [], IsProxied: false, ["pond.example", "*.pond.example", "localhost"])
                .ForPhones());
        Assert.Equal(["https://map.example"], new ServedAddresses(["http://127.0.0.1:8080"], ["map.example"], IsProxied: true).ForPhones());
        var local = new ServedAddresses(["http://127.0.0.1:8080"], ["map.example"], IsProxied: false);
        Assert.Empty(local.ForPhones());
        Assert.False(local.IsOpen);
        Assert.Equal("http://127.0.0.1:8080", local.ForPeople);
    }

    private static RefusalException Refused(params string[] listen) =>
        Assert.Throws<RefusalException>(() => ListenAddress.Of(listen, port: null, tls: true));
}
