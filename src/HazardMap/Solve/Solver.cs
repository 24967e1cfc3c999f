using System.Text.Json;
using HazardMap.Coverage;
using HazardMap.Network;

namespace HazardMap.Solve;

/// <summary>The arithmetic without a database: a JSON problem in, its JSON answer out.</summary>
public static class Solver
{
    /// <summary>Answers a problem.</summary>
    /// <param name="problem">An object whose <c>problem</c> names what is asked.</param>
    /// <param name="answer">Where the answer is written.</param>
    /// <exception cref="RefusalException">The problem is unknown or malformed; says what is wrong where.</exception>
    public static void Solve(JsonElement problem, Utf8JsonWriter answer)
    {
        var input = new ProblemReader(problem);
        var name = input.Text("problem");
        switch (name)
        {
            case "crs.transform": CrsTransformProblem.Solve(input, answer); break;
            case "geodesic.distance": GeodesicDistanceProblem.Solve(input, answer); break;
            case "accessibility": AccessibilityProblem.Solve(input, answer); break;
            case "network.distances": DistancesProblem.Solve(input, answer); break;
            case "network.matrix": MatrixProblem.Solve(input, answer); break;
            default:
                throw new RefusalException("UnknownProblem",
                    $"problem: '{name}' is not known here; "
                        + "crs.transform, geodesic.distance, accessibility, network.distances and network.matrix are.",
                    $"problem：未知的问题 '{name}'。", "problem");
        }
    }
}
