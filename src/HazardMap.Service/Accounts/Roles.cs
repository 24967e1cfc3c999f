using HazardMap.Register;

namespace HazardMap.Service.Accounts;

/// <summary>Some of the roles: those that may do something.</summary>
[Flags]
internal enum Roles
{
    None = 0,
    Administrator = 1 << AccountRole.Administrator,
    Leader = 1 << AccountRole.Leader,
    Supervisor = 1 << AccountRole.Supervisor,
    Inspector = 1 << AccountRole.Inspector,
    Planner = 1 << AccountRole.Planner,
    Clerk = 1 << AccountRole.Clerk,
    Viewer = 1 << AccountRole.Viewer,
    Auditor = 1 << AccountRole.Auditor,

    /// <summary>Who keeps the register.</summary>
    Office = Administrator | Clerk,

    /// <summary>Who leads those outside.</summary>
    Leading = Administrator | Supervisor,

    /// <summary>Who says who answers for what.</summary>
    Desk = Office | Supervisor,

    /// <summary>Who measures coverage.</summary>
    Planning = Administrator | Planner,

    /// <summary>Who writes down what is seen outside.</summary>
    Outside = Administrator | Clerk | Supervisor | Inspector,

    /// <summary>Who sees persons and what they did.</summary>
    SeesPeople = Outside | Leader,

    /// <summary>Everybody whose work is the register, which is not the auditor's.</summary>
    Everybody = SeesPeople | Planner | Viewer,
}

/// <summary>One role of an account, in force.</summary>
/// <param name="Role">What it may do.</param>
/// <param name="Area">Code of the division that it is confined to, with all below it; null: everywhere.</param>
internal sealed record Grant(AccountRole Role, string? Area)
{
    /// <summary>Whether the role is one of these.</summary>
    public bool IsOneOf(Roles roles) => roles.HasFlag((Roles)(1 << (int)Role));

    /// <summary>The same within an area; null when nothing of it lies there.</summary>
    /// <param name="area">Code of a division; null: everywhere.</param>
    public Grant? Within(string? area) =>
        area is null || Area is not null && DivisionCodes.IsWithin(Area, area) ? this
        : Area is null || DivisionCodes.IsWithin(area, Area) ? this with { Area = area } : null;
}
