using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HazardMap.EndToEnd.Worlds;

namespace HazardMap.EndToEnd;

/// <summary>A place where no register can live is refused by name, in both languages, and nothing is changed there.</summary>
public sealed class WrongDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_file_is_not_a_directory()
    {
        await File.WriteAllTextAsync(_directory.Path, "mine");
        await RefusedAsync("DataDirectoryIsAFile", "是文件");
        Assert.Equal("mine", await File.ReadAllTextAsync(_directory.Path));
    }

    [Fact]
    public async Task Somebody_elses_directory_stays_as_it_is()
    {
        Directory.CreateDirectory(_directory.Path);
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "thesis.txt"), "mine");
        await RefusedAsync("DataDirectoryNotOurs", "不是 HazardMap 数据目录");
        Assert.Equal(Path.Combine(_directory.Path, "thesis.txt"), Assert.Single(Directory.GetFileSystemEntries(_directory.Path)));
    }

    [Fact]
    public async Task A_place_where_nobody_can_write_is_named()
    {
        using var up = Executable.Start("up", "--data", "/proc/hazardmap", "--port", "0");
        Assert.Equal(1, await up.ExitCodeAsync());
        Assert.Contains("DataDirectoryNotWritable, /proc/hazardmap", up.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_of_another_PostgreSQL_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Path, "postgres"));
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "hazardmap.directory"), "");
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "postgres", "PG_VERSION"), "13\n");
        await RefusedAsync("ClusterOfAnotherVersion", "PostgreSQL 13");
    }

    [Fact]
    public async Task Lost_passwords_are_a_refusal_that_names_the_file()
    {
        await using (var up = await RunningUp.StartAsync(_directory.Path, "--empty")) await up.StopAsync();
        File.Move(Path.Combine(_directory.Path, "secrets"), Path.Combine(_directory.Path, "moved"));
        await RefusedAsync("SecretsMissing", Path.Combine(_directory.Path, "secrets"));
    }

    [Fact]
    public async Task A_port_in_use_is_refused_before_anything_is_made()
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        holder.Listen();
        var port = ((IPEndPoint)holder.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
        using var up = Executable.Start("up", "--data", _directory.Path, "--port", port);
        Assert.Equal(1, await up.ExitCodeAsync());
        Assert.Contains($"Port {port}", up.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_directory.Path, "postgres")));
    }

    [Fact]
    public async Task A_disk_without_room_is_refused_with_the_room_it_needs()
    {
        if (!await SmallDisk.MountAsync(_directory.Path, megabytes: 64)) return;
        try
        {
            await RefusedAsync("DiskFull", "磁盘空间不足");
            Assert.False(Directory.Exists(Path.Combine(_directory.Path, "postgres")));
        }
        finally
        {
            await SmallDisk.UnmountAsync(_directory.Path);
        }
    }

    [Theory]
    [InlineData("--port", "70000")]
    [InlineData("--port", "many")]
    [InlineData("--datta", "x")]
    public async Task Wrong_usage_ends_with_two(string option, string value)
    {
        using var up = Executable.Start("up", option, value);
        Assert.Equal(2, await up.ExitCodeAsync());
        Assert.NotEmpty(up.Errors);
    }

    private async Task RefusedAsync(params string[] words)
    {
        using var up = Executable.Start("up", "--data", _directory.Path, "--port", "0");
        Assert.Equal(1, await up.ExitCodeAsync());
        Assert.Equal("", up.Output);
        Assert.Contains(_directory.Path, up.Errors, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, up.Errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", up.Errors, StringComparison.Ordinal);
    }
}
