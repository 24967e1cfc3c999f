namespace HazardMap.Service.Database;

/// <summary>Databases that are not migrated, and what to do then.</summary>
internal static class MigrationRefusals
{
    public static RefusalException MadeBeforeRelease() => new("RegisterIsOlder",
        "This register was made by a version from before the first release; its tables cannot be brought to this version. Nothing was "
        + "changed. With the old version, export what you keep: ./hazardmap export divisions divisions.geojson, likewise hazards and "
        + "facilities. Start this version on a new data directory: ./hazardmap up --empty --data NEW. Import there, divisions first: "
        + "./hazardmap import divisions.geojson --data NEW.",
        "此登记册由首次发布之前的版本创建，其数据表无法迁移到当前版本。未作任何更改。"
        + "请用旧版本导出需要保留的数据："
        + "./hazardmap export divisions divisions.geojson，hazards 和 facilities 同理；"
        + "然后用当前版本在新的数据目录启动："
        + "./hazardmap up --empty --data NEW，并在其中导入，先导入行政区划："
        + "./hazardmap import divisions.geojson --data NEW。");

    public static RefusalException DatabaseIsNewer(string script) => new("DatabaseIsNewer",
        $"The database was migrated by a newer program ({script}). Start that version, or restore a backup made before it.",
        $"数据库已由更新的程序版本迁移（{script}）。请使用该版本启动，或恢复此前的备份。", script);

    public static RefusalException ScriptEdited(string script) => new("ScriptEdited",
        $"{script} has run on this database and was edited since. Undo the edit and add a new script.",
        $"{script} 已在此数据库执行过，之后又被修改。请撤销修改并新增脚本。", script);

    public static RefusalException TablesInUse() => new("TablesInUse",
        "The register's tables were in use for five minutes without a pause, so its triggers and views could not be brought to this "
        + "version. Start again when the import or risk run that goes on is done.",
        "登记册的数据表连续五分钟被占用，触发器和视图无法更新到当前版本。"
        + "请在正在进行的导入或风险计算完成后重试。");
}
