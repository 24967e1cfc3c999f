// The members are the contract's words; their attributes say what they mean.
#pragma warning disable CS1591

namespace HazardMap.Register;

/// <summary>Kind of a facility: where children and elders are, or where they are served.</summary>
public enum FacilityKind
{
    [Word("学校", "School", "小学", "中学", "初中", "完小", "教学点", Colour = FacilityColours.Learning,
        Symbol = "M12 5 3 9.500l9 4.500 9-4.500zM6.500 13v3.200c2.600 2.400 8.400 2.400 11 0V13L12 15.800z")]
    School,

    [Word("幼儿园", "Kindergarten", Colour = FacilityColours.Learning,
        Symbol = "M12 4.500a3.200 3.200 0 1 1 0 6.400 3.200 3.200 0 0 1 0-6.400zM6 12.200l3 .8h6"
            + "l3-.8.6 1.800-3.400 1.400v4.100h-2.200v-2.800h-2v2.800H8.800v-4.100L5.400 14z")]
    Kindergarten,

    [Word("儿童之家", "Children's home", Colour = FacilityColours.Childhood,
        Symbol = "M12 4 3.500 11H6v8.500h12V11h2.500zM12 17l-2.900-2.700"
            + "a1.900 1.900 0 0 1 2.900-2.400 1.900 1.900 0 0 1 2.900 2.400z")]
    ChildrensHome,

    [Word("游泳池", "Swimming pool", "泳池", "游泳馆", Colour = FacilityColours.Bathing,
        Symbol = "M16.800 7.800a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM6.500 11.500"
            + "l4.600-4.900 1.400 1.300-1.900 2 3.400 3.600H6.500zM3.500 15c2-1.600 3.700-1.600 5.700 0"
            + "s3.600 1.600 5.600 0 3.700-1.600 5.700 0v2.200c-2-1.600-3.700-1.600-5.700 0"
            + "s-3.600 1.600-5.600 0-3.700-1.600-5.700 0z")]
    SwimmingPool,

    [Word("养老机构", "Care home", "养老院", "敬老院", Colour = FacilityColours.Care,
        Symbol = "M10 4a2.300 2.300 0 1 1 0 4.600A2.300 2.300 0 0 1 10 4zM7.300 9.500h5"
            + "l2.200 3.300 3 .5-.3 1.900-4-.7-.9-1.200-.2 2.600 1.400 4H11.200l-1-3.100-1.400 3.100H6.500"
            + "l1.800-4.600zM17.700 11.500h1.400v8.400h-1.400z")]
    CareHome,

    [Word("食堂", "Canteen", Colour = FacilityColours.Care,
        Symbol = "M3.800 12h16.400a8.200 8.200 0 0 1-5 7.200v.8H8.800v-.8a8.200 8.200 0 0 1-5-7.200zM8 4.500h1.500"
            + "v5.800H8zM11.250 4.500h1.500v5.800h-1.500zM14.500 4.500H16v5.800h-1.500z")]
    Canteen,

    [Word("浴室", "Bathhouse", Colour = FacilityColours.Bathing,
        Symbol = "M5.500 4h6a3.500 3.500 0 0 1 3.500 3.500V8a4.500 4.500 0 0 1 4.300 4.500H8.800"
            + "A4.500 4.500 0 0 1 13 8v-.5A1.500 1.500 0 0 0 11.500 6h-6zM9.500 14h1.600v2.200H9.500zM13.200 14"
            + "h1.600v2.200h-1.600zM16.900 14h1.600v2.200h-1.600zM11.300 17.300h1.600v2.200h-1.600z"
            + "M15.100 17.300h1.600v2.200h-1.600z")]
    Bathhouse,

    [Word("心理辅导室", "Counselling room", Colour = FacilityColours.Support,
        Symbol = "M5.500 5h13A1.500 1.500 0 0 1 20 6.500v8a1.500 1.500 0 0 1-1.500 1.500H12l-4.500 4v-4h-2"
            + "A1.500 1.500 0 0 1 4 14.500v-8A1.500 1.500 0 0 1 5.500 5zM8 9v1.800h8V9zM8 12v1.600h5V12z")]
    CounsellingRoom,

    [Word("社工站", "Social-work station", Colour = FacilityColours.Support,
        Symbol = "M8 5.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM16 5.500"
            + "a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM3.500 18.500v-3a4 4 0 0 1 4-4h1"
            + "a4 4 0 0 1 3.500 2 4 4 0 0 1 3.500-2h1a4 4 0 0 1 4 4v3z")]
    SocialWorkStation,

    [Word("未保中心", "Child protection centre", Colour = FacilityColours.Support,
        Symbol = "M12 3.500l7.500 2.600v5.400c0 4.600-3.100 7.700-7.500 9.300-4.400-1.600-7.500-4.700-7.500-9.300"
            + "V6.100zM10.900 15.800l5.300-5.400-1.300-1.300-4 4.100-1.900-1.900L7.700 12.600z")]
    ProtectionCentre,
}

/// <summary>Whether a facility is in use. Only open ones serve anyone;
/// children counted at any of them are there now and are exposed.</summary>
public enum FacilityStatus
{
    [Word("开放", "Open", "使用中")] Open,
    [Word("关闭", "Closed", "停用")] Closed,
    [Word("规划", "Planned", "在建")] Planned,
}

/// <summary>Which years of compulsory schooling a school serves (学段).</summary>
public enum SchoolStages
{
    [Word("小学", "Primary", "完全小学", "完小", "教学点", "小学阶段")] Primary,
    [Word("初中", "Junior", "初级中学", "初中阶段", "普通初中", "完全中学", "junior secondary")] Junior,
    [Word("九年一贯", "Both", "九年一贯制", "九年一贯制学校", "九年制", "九年义务教育",
        "小学和初中", "小学、初中", "小学+初中", "十二年一贯制")]
    Both,
}

/// <summary>What kinds of facility are, where more than the name counts.</summary>
public static class FacilityKinds
{
    /// <summary>Those that children go to school at; the database says the same in <c>register.is_school</c>.</summary>
    public static IReadOnlyList<FacilityKind> Schools { get; } = [FacilityKind.School, FacilityKind.Kindergarten];
}

/// <summary>One colour for each group of kinds, so that a map of ten symbols can be read.</summary>
internal static class FacilityColours
{
    public const string Learning = "#5d3f8f", Childhood = "#a0326f", Bathing = "#0b6f80", Care = "#4b6320", Support = "#2f4a5c";
}
