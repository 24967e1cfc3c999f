namespace HazardMap.Register;

/// <summary>
/// What somebody is to the register. An account holds any number of roles, each within an area and for a time; what a role may do is said
/// by each entity set and each route themselves.
/// </summary>
public enum AccountRole
{
    /// <summary>Everything within the area, accounts and roles included.</summary>
    [Word("管理员", "Administrator")] Administrator,

    /// <summary>Reads everything below, changes nothing.</summary>
    [Word("领导", "Leader")] Leader,

    /// <summary>Assigns and verifies rectifications, leads inspectors.</summary>
    [Word("督查员", "Supervisor")] Supervisor,

    /// <summary>Inspects waters and reports what is wrong there.</summary>
    [Word("巡查员", "Inspector")] Inspector,

    /// <summary>Measures coverage and looks for sites; sees no persons.</summary>
    [Word("规划员", "Planner")] Planner,

    /// <summary>Keeps the register: waters, facilities, people and who answers for what.</summary>
    [Word("录入员", "Clerk")] Clerk,

    /// <summary>Reads waters, facilities and divisions; sees no persons.</summary>
    [Word("查看者", "Viewer")] Viewer,

    /// <summary>Reads the audit, nothing else.</summary>
    [Word("审计员", "Auditor")] Auditor,
}
