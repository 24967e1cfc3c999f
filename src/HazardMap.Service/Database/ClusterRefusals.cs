using System.Globalization;

namespace HazardMap.Service.Database;

/// <summary>Every way the private cluster can say no: what is wrong, where, and what to do, in both languages.</summary>
internal static class ClusterRefusals
{
    public static RefusalException IsAFile(string path) => new("DataDirectoryIsAFile",
        $"{path} is a file, not a directory. Name a directory with --data DIR.",
        $"{path} 是文件，不是目录。请用 --data DIR 指定一个目录。", path);

    public static RefusalException NotWritable(string path, string reason) => new("DataDirectoryNotWritable",
        $"Cannot write in {path}: {reason}. Give this user the right to write there, or name another directory with --data DIR.",
        $"无法写入 {path}：{reason}。请为当前用户授予写入权限，或用 --data DIR 指定其他目录。", path);

    public static RefusalException NotOurs(string path) => new("DataDirectoryNotOurs",
        $"{path} is not empty and not a HazardMap data directory. Name an empty or a new directory with --data DIR; "
            + "nothing was changed there.",
        $"{path} 不是空目录，也不是 HazardMap 数据目录。请用 --data DIR 指定空目录或新目录；"
            + "该目录未作任何改动。", path);

    public static RefusalException OtherVersion(string path, string version) => new("ClusterOfAnotherVersion",
        $"{path} was made by PostgreSQL {version}; this version of HazardMap runs PostgreSQL {ClusterPrograms.Major}. "
            + "Restore a backup into a new directory, or run the HazardMap version that made it.",
        $"{path} 由 PostgreSQL {version} 创建，本版本使用 PostgreSQL {ClusterPrograms.Major}。"
            + "请把备份恢复到新目录，或使用创建它的 HazardMap 版本。", path);

    public static RefusalException OwnedByAnother(string path, string owner) => new("ClusterOwnedByAnother",
        $"{path} belongs to the user {owner}. Run the command as {owner} or as root.",
        $"{path} 属于用户 {owner}。请以 {owner} 或 root 身份运行。", path);

    public static RefusalException DiskFull(string path, long freeBytes) => new("DiskFull",
        $"The disk that holds {path} is full: {Megabytes(freeBytes)} MB free, 300 MB needed. "
            + "Free some space, or name a directory on another disk with --data DIR.",
        $"{path} 所在磁盘空间不足：剩余 {Megabytes(freeBytes)} MB，至少需要 300 MB。"
            + "请清理磁盘，或用 --data DIR 指定其他磁盘上的目录。", path);

    public static RefusalException AlreadyUp(string path, string holder) => new("AlreadyRunning",
        $"Another `up` is running on {path}: {holder}. Stop it first, or name another directory with --data DIR.",
        $"{path} 上已有一个 `up` 在运行：{holder}。请先停止它，或用 --data DIR 指定其他目录。", path);

    public static RefusalException Busy(string path) => new("ClusterBusy",
        $"Another command has been starting or stopping the database in {path} for over two minutes. "
            + "Wait for it or end it, then try again.",
        $"另一个命令正在启动或停止 {path} 中的数据库，已超过两分钟。请等待或结束它后重试。", path);

    public static RefusalException NoRegister(string path) => new("NoRegister",
        $"There is no register in {path}. Make one with `./hazardmap up --data DIR`, or name the right directory with --data DIR.",
        $"{path} 中没有台账数据库。请先运行 `./hazardmap up --data DIR`，或用 --data DIR 指定正确的目录。", path);

    public static RefusalException SecretsMissing(string path) => new("SecretsMissing",
        $"{path} is missing or damaged, and without it the database in the same directory cannot be opened. "
            + "Put the file back from a backup, or restore the backup into a new directory.",
        $"{path} 缺失或损坏，无法打开同一目录中的数据库。请从备份恢复该文件，"
            + "或把备份恢复到新目录。", path);

    public static RefusalException ProgramsMissing(string path) => new("PostgresMissing",
        $"PostgreSQL {ClusterPrograms.Major} is not installed ({path} is missing). Start with ./hazardmap, which installs it, or run: "
            + "apt-get install postgresql-15 postgresql-15-postgis-3 postgresql-15-pgrouting",
        $"未安装 PostgreSQL {ClusterPrograms.Major}（缺少 {path}）。请用 ./hazardmap 启动（会自动安装），"
            + "或运行：apt-get install postgresql-15 postgresql-15-postgis-3 postgresql-15-pgrouting", path);

    public static RefusalException NoUnprivilegedUser() => new("NoUnprivilegedUser",
        "PostgreSQL must not run as root, and this machine has no user `postgres` to run it as. "
            + "Install the package postgresql-common, or start HazardMap as an ordinary user.",
        "PostgreSQL 不能以 root 身份运行，而本机没有 postgres 用户。请安装 postgresql-common 软件包，"
            + "或以普通用户运行 HazardMap。");

    public static RefusalException RunBySomebodyElse(string path, int pid) => new("ClusterRunBySomebodyElse",
        $"The PostgreSQL server with pid {pid} was started by hand on {path}. Stop it (kill -INT {pid}), then try again.",
        $"{path} 上有一个手工启动的 PostgreSQL 服务（pid {pid}）。请先停止它（kill -INT {pid}）再重试。", path);

    public static RefusalException DidNotStart(string path, string reason) => new("ClusterDidNotStart",
        $"PostgreSQL did not start on {path}. It said: {reason}",
        $"PostgreSQL 未能在 {path} 上启动。其输出：{reason}", path);

    public static RefusalException NotCreated(string path, string reason) => new("ClusterNotCreated",
        $"The database could not be created in {path}. initdb said: {reason}",
        $"无法在 {path} 中创建数据库。initdb 的输出：{reason}", path);

    private static string Megabytes(long bytes) => (bytes >> 20).ToString(CultureInfo.InvariantCulture);
}
