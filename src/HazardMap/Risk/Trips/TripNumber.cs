using HazardMap.Risk.Rules;

namespace HazardMap.Risk.Trips;

/// <summary>A number of a rule of trips, with how uncertain it is and where it comes from.</summary>
/// <param name="Path">Its key in the file, such as <c>decay.aged1To4.value</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="Sd">Standard deviation of its natural logarithm; 0: taken as known, its source says why.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Sureness">low, medium or high.</param>
public sealed record TripNumber(string Path, double Value, double Sd, BilingualText Source, string Sureness)
{
    /// <summary>Its place among the numbers of its rule.</summary>
    internal int Index { get; init; }

    /// <summary>What the file may say.</summary>
    internal double Least { get; init; }

    /// <inheritdoc cref="Least"/>
    internal double Most { get; init; }

    /// <summary>As the file's other readers know it.</summary>
    public RuleParameter Parameter => new(Path, Value, Sd);

    /// <summary>As the explanation shows it.</summary>
    internal FactorShare Share(string name, string value) => new(name, value, Value, Source.En, Sureness, Source.Zh);
}

/// <summary>A band of a table: it holds for what is less than the bound.</summary>
/// <param name="Below">Its bound; infinite in the last.</param>
/// <param name="Number">What holds in it.</param>
internal sealed record TripBand(TripNumber Below, TripNumber Number);
