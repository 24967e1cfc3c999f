using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Risk.Trips;

namespace HazardMap.Service.Risk.Trips;

/// <summary>Why a rule of trips gives a water its score.</summary>
/// <param name="Visits">Unsupervised visits of children: on a holiday of the peak month, or in the hour asked about.</param>
/// <param name="DayKind">What kind of day was asked about; null: none was.</param>
/// <param name="Deadliness">How deadly a visit is.</param>
/// <param name="DeadlinessRatio">Deaths a visit, relative to the register's mean.</param>
/// <param name="RiskLow">The lower end of the interval of the stored score.</param>
/// <param name="RiskHigh">Its upper end.</param>
/// <param name="LevelHeld">Probability of the level.</param>
/// <param name="OtherLevel">The next most probable, where the level is not held firmly; else null.</param>
/// <param name="OwnFactor">What the water's own record makes of the score; 1 where nobody says that it is complete.</param>
/// <param name="OwnEvents">Days on which a child died there since then.</param>
/// <param name="OwnYears">In how many years.</param>
/// <param name="PlaceCount">How many places children come from.</param>
/// <param name="Places">The first of them, the most visits first.</param>
/// <param name="Rivals">Other waters to which the children of these places go, the most visits first.</param>
/// <param name="When">At which hours of which days they come.</param>
/// <param name="SentenceEn">All of it in one sentence.</param>
/// <param name="SentenceZh">The same in Chinese.</param>
[TypeName("TripReasons")]
internal sealed record TripReasons(double Visits, DayKind? DayKind, DeadlinessClass Deadliness, double DeadlinessRatio, double RiskLow,
    double RiskHigh, double LevelHeld, RiskLevel? OtherLevel, double OwnFactor, int? OwnEvents, double? OwnYears, int PlaceCount,
    IReadOnlyList<TripPlace> Places, IReadOnlyList<TripRivalWater> Rivals, TripWhen When, string SentenceEn,
    string SentenceZh);

/// <summary>A place that children come from.</summary>
/// <param name="Kind">Building, Place, ChildrensHome, Centre (homes), or Facility.</param>
/// <param name="Id">Of the settlement or facility; of a centre its own.</param>
/// <param name="Name">What it is called; null: cells of buildings have no name.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="DistanceMetres">To the water, as the rule measures it.</param>
/// <param name="Children">Children of 1 to 14 who live or are there.</param>
/// <param name="Visits">Theirs to this water.</param>
/// <param name="Share">What share of the trips of those aged 5 to 14 comes here.</param>
/// <param name="Competing">How many other waters compete for them.</param>
[TypeName("TripPlace")]
internal sealed record TripPlace(string Kind, Guid Id, string? Name, double Longitude, double Latitude, double DistanceMetres,
    double Children, double Visits, double Share, int Competing);

/// <summary>A water that competes.</summary>
/// <param name="HazardId">The water.</param>
/// <param name="Name">Its name.</param>
/// <param name="Visits">Of the children of the places told, or how much these visits change.</param>
[TypeName("TripRival")]
internal sealed record TripRivalWater(Guid HazardId, string Name, double Visits);
