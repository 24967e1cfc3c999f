using HazardMap.Register;

namespace HazardMap.Service.Sample;

/// <summary>
/// A whole made-up register on a real frame: the same bytes for the same plan and seed, on every machine.
/// The recipe and the honesty about it are in geodata/SOURCES.md.
/// </summary>
internal sealed class SampleRegister
{
    /// <summary>Goes with every made-up record, wherever it is shown or exported.</summary>
    public const string Source = "示例数据（合成，非真实台账）/ sample data: synthetic, no real record";

    /// <summary>Of divisions: the name and code are real.</summary>
    public const string DivisionSource =
        "名称、代码为真实（统计用区划代码 2023-06-30，china-division 2.7.0）；"
            + "驻地、乡村界线、人口为示例数据 / name and code real; "
            + "seat, township and village boundary, people: synthetic sample";

    private const ulong Seed = 20260520;

    private SampleRegister(SamplePlan plan)
    {
        (Plan, Frame) = (plan, SampleFrame.Read(plan.Folder));
        var countryside = Countryside.Lay(Seed, plan, Frame);
        new Census(Seed).Count(countryside.Prefecture, plan);
        var ids = new SampleId(Seed, plan.Code);
        var occupancy = new Occupancy();
        Divisions = [.. Of(countryside)];
        Facilities = new Facilities(Seed, countryside, plan, ids, occupancy).Place();
        Hazards = new Waters(Seed, countryside, ids, occupancy).Place(plan);
        var posts = new Posts(ids);
        posts.Fill(countryside);
        Posts = [.. posts.All];
        Responsibilities = new Duties(Seed, ids, posts).Assign(countryside, Hazards, Facilities);
        Field = new FieldRecords(Seed, ids, posts, countryside);
        Field.Fill(Hazards, plan);
        // Last: what was there before keeps its place and its identifier.
        Settlements = new Hamlets(Seed, countryside, ids, occupancy).Place();
    }

    public SamplePlan Plan { get; }

    public SampleFrame Frame { get; }

    public List<SampleDivision> Divisions { get; }

    public List<SampleHazard> Hazards { get; }

    public List<SampleFacility> Facilities { get; }

    public List<SampleSettlement> Settlements { get; }

    public List<SamplePost> Posts { get; }

    public List<SampleResponsibility> Responsibilities { get; }

    public FieldRecords Field { get; }

    /// <summary>Builds it: a few seconds, no I/O but the frame files.</summary>
    public static SampleRegister Build(SamplePlan plan) => new(plan);

    private static IEnumerable<SampleDivision> Of(Countryside countryside) =>
        countryside.Counties.Select(county => Of(county, DivisionLevel.County))
            .Prepend(Of(countryside.Prefecture, DivisionLevel.Prefecture))
            .Concat(countryside.Townships.Select(township => Of(township, DivisionLevel.Township)))
            .Concat(countryside.Villages.Select(village => Of(village, DivisionLevel.Village)));

    private static SampleDivision Of(Area area, DivisionLevel level) => new(
        area.Code, area.Name, level, area.Parent?.Code, area.Ground, SampleFrame.Geometries.CreatePoint(area.Seat),
        area.Population, area.Children, area.Elders, level == DivisionLevel.Village ? ResidenceOf(area) : null, DivisionSource);

    private static Residence ResidenceOf(Area village) =>
        village.ShortName.EndsWith("社区", StringComparison.Ordinal) ? Residence.Town : Residence.Village;
}
