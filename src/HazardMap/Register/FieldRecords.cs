// The members are the contract's words; their attributes say what they mean.
#pragma warning disable CS1591

namespace HazardMap.Register;

/// <summary>What an inspection found.</summary>
public enum InspectionResult
{
    [Word("正常", "Safe")] Safe,
    [Word("有隐患", "Defects")] Defects,
}

/// <summary>State of a rectification (隐患整改): a closed loop, verified by another person than the one who did it.</summary>
public enum RectificationState
{
    [Word("发现", "Found")] Found,
    [Word("交办", "Assigned")] Assigned,
    [Word("已整改", "Done")] Done,
    [Word("已复核", "Verified")] Verified,
    [Word("已销号", "Closed", "销号")] Closed,
    [Word("重新打开", "Reopened")] Reopened,
}

/// <summary>What a defect is of, at waters and at facilities.</summary>
public enum RectificationCategory
{
    [Word("警示标识", "Sign")] Sign,
    [Word("救生设施", "Rescue gear")] RescueGear,
    [Word("围栏防护", "Fence")] Fence,
    [Word("岸坡", "Bank")] Bank,
    [Word("房屋墙体", "Building")] Building,
    [Word("电气线路", "Electric wiring")] Electric,
    [Word("消防通道", "Fire exit")] FireExit,
    [Word("环境卫生", "Environment")] Environment,
    [Word("其他隐患", "Other defect")] Other,
}

/// <summary>How grave a defect is; its deadline follows where nobody states one.</summary>
public enum RectificationSeverity
{
    [Word("一般", "Minor")] Minor,
    [Word("较大", "Serious")] Serious,
    [Word("重大", "Grave")] Grave,
}

/// <summary>What somebody is told.</summary>
public enum NotificationKind
{
    [Word("整改交办", "A defect is yours to put right")] RectificationAssigned,
    [Word("整改逾期上报", "An overdue defect has climbed to your level")] RectificationClimbed,
}

/// <summary>Age of a victim, in the bands that published statistics use.</summary>
public enum AgeBand
{
    [Word("5岁以下", "Under 5")] Under5,
    [Word("5至14岁", "Aged 5 to 14")] Aged5To14,
    [Word("15至59岁", "Aged 15 to 59")] Aged15To59,
    [Word("60岁以上", "Aged 60 and over")] Aged60Plus,
}

/// <summary>How an incident ended.</summary>
public enum IncidentOutcome
{
    [Word("获救", "Rescued")] Rescued,
    [Word("受伤", "Injured")] Injured,
    [Word("死亡", "Died")] Died,
}
