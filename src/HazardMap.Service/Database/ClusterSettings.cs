using System.Globalization;
using System.Text;

namespace HazardMap.Service.Database;

/// <summary>
/// The cluster's settings, worked out from the machine at every start and written to <c>postgres/hazardmap.conf</c>.
/// Your own settings go below the include line of <c>postgresql.conf</c> and win.
/// </summary>
internal static class ClusterSettings
{
    public const string FileName = "hazardmap.conf";

    /// <summary>The settings for this machine, each line with its reason.</summary>
    public static string For(long memoryBytes, int cores, long sharedMemoryDeviceBytes, bool throwAway)
    {
        var text = new StringBuilder(
            "# Written by HazardMap at every start. Put your own settings into postgresql.conf, below the include.\n");
        foreach (var (name, value, why) in Lines(memoryBytes >> 20, cores, sharedMemoryDeviceBytes >> 20, throwAway))
            text.Append($"{name} = {value}".PadRight(48)).Append("# ").Append(why).Append('\n');
        return text.ToString();
    }

    /// <summary>The settings for the machine we run on.</summary>
    public static string ForThisMachine(bool throwAway) => For(
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, // honours the container's limit
        Environment.ProcessorCount, SharedMemoryDeviceBytes(), throwAway);

    private static IEnumerable<(string Name, string Value, string Why)> Lines(long memoryMb, int cores, long shmMb, bool throwAway) =>
        [.. Safety(throwAway), .. Memory(memoryMb, shmMb), .. Planning(cores), .. Log()];

    private static IEnumerable<(string, string, string)> Safety(bool throwAway)
    {
        yield return ("listen_addresses", "'127.0.0.1'", "nobody outside this machine");
        yield return ("unix_socket_directories", "''", "one way in; a socket in a shared place is a second");
        yield return ("password_encryption", "'scram-sha-256'", "no password crosses or rests in the clear");
        yield return ("fsync", throwAway ? "off" : "on",
            throwAway ? "thrown away after the tests" : "an acknowledged edit survives a power cut");
        yield return ("synchronous_commit", throwAway ? "off" : "on",
            throwAway ? "thrown away after the tests" : "an acknowledged edit survives kill -9 and power cuts");
        yield return ("full_page_writes", throwAway ? "off" : "on",
            throwAway ? "thrown away after the tests" : "torn pages are mended after a crash");
        yield return ("recovery_init_sync_method", "syncfs", "after a crash one call instead of an fsync for each of two thousand files");
        yield return ("idle_in_transaction_session_timeout", "'5min'", "a forgotten transaction must not hold locks and dead rows");
        yield return ("max_connections", "100", "the service pools; room for psql, imports and tests");
    }

    private static IEnumerable<(string, string, string)> Memory(long mb, long shmMb)
    {
        yield return ("shared_buffers", Mb(mb / 8, 128, 4096), "an eighth: the service shares the machine, the OS caches the rest");
        yield return ("effective_cache_size", Mb(mb / 2, 256, 65536), "what the OS is likely to cache: favours index scans");
        yield return ("work_mem", Mb(mb / 512, 16, 64), "sorts and hashes of 25,000-row ledgers stay in memory");
        yield return ("maintenance_work_mem", Mb(mb / 16, 64, 1024), "GiST builds and vacuum in one pass");
        yield return ("max_wal_size", "'2GB'", "an import does not force a checkpoint every few seconds");
        yield return ("wal_compression", "lz4", "full-page images of geometry compress well; less to write and to fsync");
        yield return ("dynamic_shared_memory_type", shmMb is > 0 and < 256 ? "mmap" : "posix",
            "containers often give /dev/shm only 64 MB, too little for parallel plans");
    }

    private static IEnumerable<(string, string, string)> Planning(int cores)
    {
        yield return ("random_page_cost", "1.1", "solid-state disks; the default describes spinning ones");
        yield return ("effective_io_concurrency", "100", "solid-state disks read ahead in parallel");
        yield return ("jit", "off", "compiling costs more than our short spatial queries take");
        yield return ("max_worker_processes", Number(Math.Max(8, cores)), "room for parallel workers beside autovacuum");
        yield return ("max_parallel_workers", Number(cores), "no more than there are cores");
        yield return ("max_parallel_workers_per_gather", Number(Math.Clamp(cores / 2, 0, 4)),
            "half the cores: one heavy report must not stall the map");
        yield return ("default_statistics_target", "200", "coordinates and codes are skewed: towns and empty mountains");
        yield return ("autovacuum_analyze_scale_factor", "0.02", "plans follow an import soon");
        yield return ("autovacuum_vacuum_scale_factor", "0.05", "risk runs rewrite whole tables");
        yield return ("timezone", "'UTC'", "moments are stored in UTC; clients convert");
    }

    private static IEnumerable<(string, string, string)> Log()
    {
        yield return ("logging_collector", "on", "the log outlives the process that started the server");
        yield return ("log_directory", "'log'", "beside the data it speaks of");
        yield return ("log_filename", "'postgres-%a.log'",
            "a week of logs, then the oldest is overwritten: it cannot fill the disk slowly");
        yield return ("log_truncate_on_rotation", "on", "see above");
        yield return ("log_rotation_age", "'1d'", "see above");
        yield return ("log_rotation_size", "0", "a day, whatever its size");
        yield return ("log_timezone", "'UTC'", "compares with the service's log");
        yield return ("lc_messages", "'C'", "the service reads the server's words");
        yield return ("log_line_prefix", "'%m [%p] %q%u@%d '", "when, which process, who");
        yield return ("log_min_duration_statement", "'2s'", "slow statements show themselves");
        yield return ("log_parameter_max_length", "0", "parameters may hold personal data");
        yield return ("log_parameter_max_length_on_error", "0", "the same");
        yield return ("log_error_verbosity", "'terse'", "DETAIL and CONTEXT quote the row, and with it names and phones");
        yield return ("log_min_error_statement", "'panic'", "a failed statement of psql has its values in it");
    }

    private static string Mb(long megabytes, long least, long most) => $"'{Number(Math.Clamp(megabytes, least, most))}MB'";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static long SharedMemoryDeviceBytes()
    {
        try
        {
            return Directory.Exists("/dev/shm") ? new DriveInfo("/dev/shm").TotalSize : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
