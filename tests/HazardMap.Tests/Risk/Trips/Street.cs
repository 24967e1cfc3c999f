using HazardMap.Register;
using HazardMap.Risk.Trips;

namespace HazardMap.Tests.Risk.Trips;

/// <summary>
/// A world along one street, added up by definition: homes and a school at metres, waters at metres, trips by Huff's formula. Nothing of
/// the product's passes is in it.
/// </summary>
internal sealed class Street
{
    public sealed record Place(double At, bool IsTown, PresenceNumbers Children);

    public sealed record Water(double At, TripTraits Traits);

    public static readonly TripTraits PlainPond = new(new HazardTraits(HazardKind.Pond, 2.5, Flow.Still, Bank.Gentle, Access.Open,
        false, false, false, false, false));

    public List<Place> Places { get; } = [];

    public List<Water> Waters { get; } = [];

    public PerAge<double> Children => new(Places.Sum(p => p.Children[Presence.Home1To4]), Places.Sum(p => p.Children[Presence.Home5To14]));

    public static DayCounts Days2026 => SchoolCalendar.Parse(File.ReadAllText(Repository.PathOf("geodata/calendar/5326-2026.json")),
        "5326-2026.json").Days;

    /// <summary>A hamlet with a pond, a town with a school and a river, a lone weir; some facts unknown.</summary>
    public static Street Usual()
    {
        var street = new Street();
        street.Home(0, 30, 100, pupils: 80, boarders: 20).Home(300, 12, 45, pupils: 30, boarders: 0).Home(1500, 200, 700, 600, 0,
            isTown: true);
        street.School(1400, 710, 20);
        street.Add(60, HazardKind.Pond, 2.5).Add(250, HazardKind.Pond, null).Add(1450, HazardKind.River, 3).Add(2600, HazardKind.Weir, null)
            .Add(320, HazardKind.Canal, 0.4).Add(900, HazardKind.Reservoir, 12);
        street.Waters[0] = street.Waters[0] with { Traits = Fenced(street.Waters[0].Traits) };
        return street;
    }

    public static TripTraits Fenced(TripTraits traits, int? days = 10) =>
        traits with { Hazard = traits.Hazard with { Access = Access.Fenced }, DaysSinceInspection = days };

    public Street Home(double at, double aged1To4, double aged5To14, double pupils = 0, double boarders = 0, bool isTown = false)
    {
        var children = new PresenceNumbers
        {
            [Presence.Home1To4] = aged1To4, [Presence.Home5To14] = aged5To14, [Presence.AwayAtSchool5To14] = pupils,
            [Presence.AwayBoarding5To14] = boarders,
        };
        Places.Add(new Place(at, isTown, children));
        return this;
    }

    public Street School(double at, double pupils, double boarders)
    {
        Places.Add(new Place(at, false, new PresenceNumbers { [Presence.School5To14] = pupils, [Presence.Boarding5To14] = boarders }));
        return this;
    }

    public Street Add(double at, HazardKind kind, double? depth, Bank? bank = Bank.Gentle)
    {
        Waters.Add(new Water(at, PlainPond with { Hazard = PlainPond.Hazard with { Kind = kind, DepthMetres = depth, Bank = bank } }));
        return this;
    }

    /// <summary>The share of a child's trips at a place that go to a water.</summary>
    public double Share(TripRule rule, UnknownFacts unknown, Place place, Water water, TripAge age) =>
        Pull(rule, unknown, place, water, age) / (rule.StayingAway[age].Value + Waters.Sum(w => Pull(rule, unknown, place, w, age)));

    public PresenceNumbers Trips(TripRule rule, UnknownFacts unknown, Water water)
    {
        var trips = new PresenceNumbers();
        foreach (var place in Places)
            foreach (var entry in Presences.All)
                trips[entry] += place.Children[entry] * Town(rule, place) * Share(rule, unknown, place, water, entry.Age());
        return trips;
    }

    /// <summary>Derivatives by central differences: of the definition, not of anybody's formula for them.</summary>
    public PerAge<TripSlope> Slopes(TripRule rule, UnknownFacts unknown, Water water, PresenceNumbers weights)
    {
        const double step = 1e-4;
        PresenceNumbers By(string path, double value)
        {
            var (more, less) = (Changed(rule, path, value * Math.Exp(step)), Changed(rule, path, value * Math.Exp(-step)));
            var difference = Trips(more, unknown, water).Less(Trips(less, unknown, water));
            var by = new PresenceNumbers();
            foreach (var entry in Presences.All) by[entry] = difference[entry] / (2 * step);
            return by;
        }
        PresenceNumbers ByAge(PerAge<TripNumber> numbers)
        {
            var by = By(numbers.Aged1To4.Path, numbers.Aged1To4.Value);
            by.Add(By(numbers.Aged5To14.Path, numbers.Aged5To14.Value));
            return by;
        }
        var (own, town) = (new PresenceNumbers(), new PresenceNumbers());
        foreach (var place in Places)
            foreach (var entry in Presences.All)
            {
                var share = Share(rule, unknown, place, water, entry.Age());
                own[entry] += place.Children[entry] * Town(rule, place) * share * share;
                if (place.IsTown) town[entry] += place.Children[entry] * Town(rule, place) * share;
            }
        return new TripSums(Trips(rule, unknown, water), ByAge(rule.Decay), ByAge(rule.StayingAway), own, town).Slopes(weights);
    }

    public UnknownFacts Unknown(TripRule rule)
    {
        var counter = new UnknownFacts.Counter(rule);
        foreach (var water in Waters) counter.Add(water.Traits);
        return counter.Make();
    }

    /// <summary>Without slopes it is quick and knows nothing of intervals.</summary>
    public TripScale Scale(TripRule rule, DayCounts days, bool withSlopes = true)
    {
        var unknown = Unknown(rule);
        var maker = new ScaleMaker(rule, unknown);
        var weights = new TripWeights(rule.Times, TripRhythm.Of(rule.Times), days).Year;
        foreach (var water in Waters)
            maker.Add(water.Traits, Trips(rule, unknown, water), withSlopes ? Slopes(rule, unknown, water, weights) : default, days);
        return maker.Make(Children, new DateOnly(2026, 12, 20));
    }

    public TripScore Score(TripScores scores, Water water, DayCounts days, OwnRecord? own = null)
    {
        var weights = new TripWeights(scores.Rule.Times, scores.Scale.Rhythm, days);
        var unknown = scores.Scale.UnknownFacts();
        return scores.Of(Trips(scores.Rule, unknown, water), Slopes(scores.Rule, unknown, water, weights.Year), water.Traits, own, weights);
    }

    /// <summary>Its expected deaths in a thousand years under a rule, everything made anew.</summary>
    public double[] ScoresUnder(TripRule rule, DayCounts days)
    {
        var scores = new TripScores(rule, Scale(rule, days, withSlopes: false));
        var (weights, unknown) = (new TripWeights(rule.Times, scores.Scale.Rhythm, days), scores.Scale.UnknownFacts());
        return [.. Waters.Select(w => scores.Of(Trips(rule, unknown, w), default, w.Traits, null, weights).RiskScore)];
    }

    private static TripRule Changed(TripRule rule, string path, double value) =>
        rule.WithAll(new Dictionary<string, double>(StringComparer.Ordinal) { [path] = value });

    private static double Town(TripRule rule, Place place) => place.IsTown ? rule.Town.Value : 1;

    private static double Pull(TripRule rule, UnknownFacts unknown, Place place, Water water, TripAge age) =>
        rule.Attraction[age].Of(water.Traits, unknown) * Math.Exp(-Math.Abs(place.At - water.At) / rule.Decay[age].Value);
}
