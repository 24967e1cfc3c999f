namespace HazardMap.Service.Database;

/// <summary>Databases in which the register can't live or be changed, found before anything is written.</summary>
internal static class GroundRefusals
{
    public static RefusalException ReadOnly(string database) =>
        new(DatabaseFault.ReadOnly.Code, $"{database}: {DatabaseFault.ReadOnly.Message} Nothing was changed.",
            $"{database}：{DatabaseFault.ReadOnly.MessageZh}未作任何更改。", database);

    public static RefusalException ForeignSchema(string schema, string database) => new("ForeignSchema",
        $"The database {database} has a schema {schema} that is not the register's. Nothing was changed. Give the register a database of "
        + "its own: create database hazardmap;",
        $"数据库 {database} 中已有名为 {schema} 的模式，但不属于台账。未作任何更改。"
        + "请为台账单独建库：create database hazardmap;", schema);

    public static RefusalException NoRegister(string database) => new("NoRegisterInDatabase",
        $"There is no register in the database {database}. Make one with ./hazardmap migrate or ./hazardmap up, or name the right database "
        + "with Database= in HAZARDMAP_DATABASE.",
        $"数据库 {database} 中没有台账。请运行 ./hazardmap migrate 或 ./hazardmap up 创建，"
        + "或在 HAZARDMAP_DATABASE 中用 Database= 指定正确的数据库。", database);

    public static RefusalException NotMigrated(string database) => new("RegisterNotMigrated",
        $"The register in {database} is of a former version. Bring it to this one as its owner: ./hazardmap migrate",
        $"数据库 {database} 中的台账为旧版本。请以其所有者身份升级：./hazardmap migrate", database);

    public static RefusalException MayNotRead(string role, string database) => new("MayNotReadRegister",
        $"The role {role} may not read the register in {database}. Connect as its owner, or have an administrator run: "
        + $"grant hazardmap_service to {role};",
        $"角色 {role} 无权读取数据库 {database} 中的台账。请以所有者身份连接，"
        + $"或请管理员执行：grant hazardmap_service to {role};", role);

    public static RefusalException NotTheOwner(string role, string owner) => new("NotTheOwner",
        $"The register is of a former version and belongs to {owner}; {role} can't bring it to this one. "
        + $"Run ./hazardmap migrate as {owner}. Nothing was changed.",
        $"台账为旧版本，属于 {owner}，{role} 无权升级。"
        + $"请以 {owner} 身份运行 ./hazardmap migrate。未作任何更改。", role);

    public static RefusalException WrongEncoding(string encoding, string database) => new("WrongEncoding",
        $"The database {database} has the encoding {encoding}, in which Chinese names can't be kept. Make one in UTF8: "
        + "create database hazardmap encoding 'UTF8' template template0;",
        $"数据库 {database} 的编码为 {encoding}，无法保存中文名称。请使用 UTF8："
        + "create database hazardmap encoding 'UTF8' template template0;", database);

    public static RefusalException PublicNotOnPath(string database) => new("PublicNotOnSearchPath",
        $"In {database} the schema public, where PostGIS is, is not on the search path. Take the setting back: "
        + $"alter database {database} reset search_path; likewise for the role.",
        $"数据库 {database} 的 search_path 不包含 PostGIS 所在的模式 public。"
        + $"请恢复设置：alter database {database} reset search_path; 角色的设置亦同。", "search_path");

    public static RefusalException ExtensionElsewhere(string extension, string schema, string database) => new("ExtensionElsewhere",
        $"The extension {extension} of {database} is in the schema {schema}; the register's functions look for it in public. Nothing was "
        + $"changed. Give the register a database of its own and have a superuser run there: create extension {extension} schema public;"
        + (extension == "pg_trgm" ? " Here it can be moved: alter extension pg_trgm set schema public;" : ""),
        $"数据库 {database} 的扩展 {extension} 位于模式 {schema}，而台账的函数在 public 中查找。未作任何更改。"
        + $"请为台账单独建库，并由超级用户执行：create extension {extension} schema public;"
        + (extension == "pg_trgm" ? " 也可移动：alter extension pg_trgm set schema public;" : ""), extension);

    public static RefusalException ExtensionNotInstalled(string extension) => new("ExtensionMissing",
        $"The database server has no extension {extension}. Install it there: apt-get install postgresql-15-postgis-3 "
        + "postgresql-15-pgrouting postgresql-contrib (the number is the server's version).",
        $"数据库服务器未安装扩展 {extension}。请在服务器上安装：apt-get install postgresql-15-postgis-3 "
        + "postgresql-15-pgrouting postgresql-contrib（数字为服务器版本）。", extension);

    public static RefusalException AdministratorNeeded(string database, IReadOnlyList<string> missing) => new("AdministratorNeeded",
        $"An administrator of the server has to prepare {database} once ({string.Join("; ", missing)}). Nothing was changed. Give him what "
        + $"this prints: ./hazardmap migrate --print-grants > grants.sql; he runs: psql -d {database} -f grants.sql",
        $"需由数据库服务器管理员一次性准备数据库 {database}（{string.Join("; ", missing)}）。未作任何更改。"
        + $"请把以下命令的输出交给管理员：./hazardmap migrate --print-grants > grants.sql；"
        + $"管理员执行：psql -d {database} -f grants.sql", database);

    public static RefusalException NoReader(string role, string database) => new("NoReadingRole",
        $"{role} may not act as hazardmap_reader in {database}, which keeps personal data closed. Have an administrator run what "
        + "./hazardmap migrate --print-grants prints, then ./hazardmap migrate; or look as yourself: ./hazardmap psql --admin",
        $"{role} 无法在数据库 {database} 中以 hazardmap_reader 身份读取（该角色看不到个人信息）。"
        + "请管理员执行 ./hazardmap migrate --print-grants 的输出，再运行 ./hazardmap migrate；"
        + "或以自己的身份查看：./hazardmap psql --admin", role);

    public static RefusalException NoBorrowedServer() => new("NoBorrowedServer",
        "--print-grants is for a server of your own: set HAZARDMAP_DATABASE. The private server needs no administrator.",
        "--print-grants 用于自备的数据库服务器：请设置 HAZARDMAP_DATABASE。"
        + "私有数据库无需管理员。", BorrowedServer.Variable);
}
