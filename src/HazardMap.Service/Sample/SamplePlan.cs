namespace HazardMap.Service.Sample;

/// <summary>
/// How many of each a prefecture gets. Wenshan's totals are the published ones (geodata/SOURCES.md); another
/// prefecture gets the same per village, except where its own are published.
/// </summary>
/// <param name="Folder">Folder of the frame files and name on the command line.</param>
/// <param name="Code">Division code of the prefecture.</param>
/// <param name="Name">Its real name.</param>
/// <param name="Population">People, close to the census of 2020.</param>
/// <param name="ChildShare">Share of people under 15.</param>
/// <param name="ElderShare">Share of people of 60 and more.</param>
/// <param name="Villages">Villages in the frame after the pseudo rows are dropped.</param>
/// <param name="CareHomes">Homes for elders.</param>
/// <param name="Canteens">Canteens for elders.</param>
/// <param name="CanteensArePlanned">Whether the canteens are planned, not open.</param>
public sealed record SamplePlan(
    string Folder, string Code, string Name, int Population, double ChildShare, double ElderShare, int Villages,
    int CareHomes, int Canteens, bool CanteensArePlanned)
{
    /// <summary>文山: 24,900 waters, 104 pools, 5,170 children's homes, 508, 701, 12 as published.</summary>
    public static SamplePlan Wenshan { get; } =
        new("wenshan", "5326", "文山壮族苗族自治州", 3_503_000, 0.222, 0.158, 1002, 68, 12, CanteensArePlanned: false);

    /// <summary>乐山: 104 care and children's institutions (93 homes, 11 protection centres), 145 meal points planned.</summary>
    public static SamplePlan Leshan { get; } =
        new("leshan", "5111", "乐山市", 3_160_000, 0.118, 0.252, 1371, 93, 145, CanteensArePlanned: true);

    /// <summary>Every prefecture there is a sample of.</summary>
    public static IReadOnlyList<SamplePlan> All { get; } = [Wenshan, Leshan];

    /// <summary>Hazardous waters.</summary>
    public int Waters => PerVillage(24_900);

    /// <summary>Activity points of children's homes.</summary>
    public int ChildrensHomes => PerVillage(5_170);

    /// <summary>Boarding schools; each has a bathhouse.</summary>
    public int Bathhouses => PerVillage(508);

    /// <summary>Places in all bathhouses.</summary>
    public int BathhousePlaces => PerVillage(8_593);

    /// <summary>Pupils who board.</summary>
    public int Boarders => PerVillage(170_000);

    /// <summary>Rural pupils: those at the schools, and those served by the pools.</summary>
    public int Pupils => PerVillage(376_000);

    /// <summary>Counselling rooms at schools.</summary>
    public int CounsellingRooms => PerVillage(701);

    /// <summary>Schools that are not a township's own.</summary>
    public int VillageSchools => PerVillage(600);

    /// <summary>Kindergartens.</summary>
    public int Kindergartens => PerVillage(450);

    private int PerVillage(int inWenshan) => (int)Math.Round(inWenshan * (Villages / 1002.0), MidpointRounding.AwayFromZero);
}
