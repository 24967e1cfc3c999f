using HazardMap.Register;

namespace HazardMap.Service.Sample;

/// <summary>The posts that answer for waters and facilities at the four levels. Posts, never persons: no name, no phone.</summary>
internal sealed class Posts(SampleId ids)
{
    private readonly Dictionary<string, SamplePost> _byCode = new(StringComparer.Ordinal);

    public IReadOnlyCollection<SamplePost> All => _byCode.Values;

    /// <summary>The post <paramref name="letter"/> of an area: L leader, I inspector, W warden, F the warden before.</summary>
    public SamplePost this[Area area, char letter] => _byCode[area.Code + letter];

    public void Fill(Countryside countryside)
    {
        Add(countryside.Prefecture, 'L', DivisionLevel.Prefecture, "水务局", "局长");
        foreach (var county in countryside.Counties)
        {
            Add(county, 'L', DivisionLevel.County, "水务局", "局长");
            Add(county, 'E', DivisionLevel.County, "教育体育局", "安全科科长");
        }
        foreach (var township in countryside.Townships)
        {
            Add(township, 'L', DivisionLevel.Township, "水务站", "站长");
            Add(township, 'I', DivisionLevel.Township, "水务站", "巡查员");
            Add(township, 'R', DivisionLevel.Township, "应急救援队", "队长");
        }
        foreach (var village in countryside.Villages)
        {
            Add(village, 'O', DivisionLevel.Village, village.Name, "主任");
            Add(village, 'W', DivisionLevel.Village, village.Name, "护水员");
            Add(village, 'F', DivisionLevel.Village, village.Name, "原护水员");
        }
    }

    private void Add(Area area, char letter, DivisionLevel level, string unit, string post)
    {
        var place = level == DivisionLevel.Village ? area.Parent!.Name : area.Name;
        var id = ids.Next($"{area.Code}/post/{letter}");
        _byCode.Add(area.Code + letter, new SamplePost(id, $"{place} {unit} {post}", $"{place}{unit}", post, level, area.Code));
    }
}
