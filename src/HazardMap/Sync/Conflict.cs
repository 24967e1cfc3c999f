using HazardMap.Register;

namespace HazardMap.Sync;

/// <summary>Why what a device sent could not simply be done.</summary>
public enum ConflictKind
{
    /// <summary>Two people changed one field.</summary>
    [Word("同一字段", "Same field")] Field,

    /// <summary>What it changes was deleted meanwhile.</summary>
    [Word("已删除", "Deleted")] Deleted,

    /// <summary>What it changes was closed or filled in meanwhile.</summary>
    [Word("已销号", "Closed")] Closed,

    /// <summary>Who sent it may not reach it any more.</summary>
    [Word("超出权限", "Out of reach")] OutOfReach,

    /// <summary>It was made on a version that there never was.</summary>
    [Word("版本不明", "Unknown version")] UnknownBase,

    /// <summary>A rule refuses it.</summary>
    [Word("被拒绝", "Refused")] Refused,
}

/// <summary>What a person decided about a conflict.</summary>
public enum ConflictState
{
    /// <summary>Nothing yet.</summary>
    [Word("待处理", "Open")] Open,

    /// <summary>What the device sent holds.</summary>
    [Word("采用本机", "Mine")] Mine,

    /// <summary>What stood holds.</summary>
    [Word("采用台账", "Theirs")] Theirs,

    /// <summary>Something else holds.</summary>
    [Word("另行填写", "Other")] Other,
}
