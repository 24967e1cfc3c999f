using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;

namespace HazardMap.Service.Hosting;

/// <summary>Under which addresses a running service can be opened: by programs on this machine, by people, by phones.</summary>
/// <param name="Bound">What the web server listens on, such as <c>https://0.0.0.0:8443</c>.</param>
/// <param name="Hosts">Names that were given with <c>--host</c>.</param>
/// <param name="IsProxied">A named proxy stands before it, and speaks HTTPS under those names.</param>
/// <param name="Certified">What the given certificate is for; null: whatever this machine is called (or there is none).</param>
/// <param name="Fingerprint">Of the root that phones have to install, SHA-256; null when there is none.</param>
internal sealed record ServedAddresses(IReadOnlyList<string> Bound, IReadOnlyList<string> Hosts, bool IsProxied,
    IReadOnlyList<string>? Certified = null, string? Fingerprint = null)
{
    /// <summary>Of a service that has started.</summary>
    public static ServedAddresses Of(IEnumerable<string> bound, WayIn wayIn, Front front) => new([.. bound], wayIn.Hosts,
        wayIn.Proxies.Count > 0, front.Certificate is Tls.CertificateFiles files ? Tls.ServerCertificate.NamesOf(files.Certificate) : null,
        (front.Certificate as Tls.LocalAuthority)?.Fingerprint);

    /// <summary>For programs on this machine: an address that is certainly served.</summary>
    [JsonIgnore]
    public string ForPrograms => Addresses(new Uri(Bound[0])).First();

    /// <summary>For links that people open.</summary>
    [JsonIgnore]
    public string ForPeople => ForPhones().FirstOrDefault() ?? ForPrograms;

    /// <summary>Whether phones can reach it at all, be it that the certificate does not name the address.</summary>
    [JsonIgnore]
    public bool IsOpen => IsProxied || Bound.Any(url => !IsLoopback(new Uri(url).IdnHost));

    /// <summary>
    /// What other machines and phones can open, as it is now. With a given certificate only what it is for: all else a browser warns of.
    /// </summary>
    public IReadOnlyList<string> ForPhones()
    {
        if (IsProxied) return [.. Hosts.Select(host => "https://" + Bracketed(host))];
        var open = Bound.Select(url => new Uri(url)).Where(url => !IsLoopback(url.IdnHost)).ToList();
        return [.. open.SelectMany(url => Names().Select(name => With(url, name)).Concat(
            Addresses(url).Where(address => Certified?.Contains(new Uri(address).IdnHost, StringComparer.OrdinalIgnoreCase) != false)))
            .Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private IEnumerable<string> Names() => Hosts.Concat((Certified ?? []).Where(name => !name.Contains('*', StringComparison.Ordinal)
        && !IPAddress.TryParse(name, out _) && !IsLoopback(name)));

    private static IEnumerable<string> Addresses(Uri bound)
    {
        if (!IPAddress.TryParse(bound.IdnHost, out var address)) return [With(bound, bound.IdnHost)];
        if (!address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)) return [With(bound, bound.IdnHost)];
        return MachineNames.Addresses()
            .Where(ours => address.Equals(IPAddress.IPv6Any) || ours.AddressFamily == AddressFamily.InterNetwork)
            .Append(IPAddress.Loopback).Where((ours, at) => at == 0 || !IPAddress.IsLoopback(ours))
            .Select(ours => With(bound, ours.ToString()));
    }

    // The port of the scheme is left out, as browsers do.
    private static string With(Uri bound, string host) => new UriBuilder(bound.Scheme, Bracketed(host), bound.Port).Uri
        .GetLeftPart(UriPartial.Authority);

    private static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host;

    private static bool IsLoopback(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
