using HazardMap.Solve;

namespace HazardMap.Coverage;

/// <summary>Reads the <c>decay</c> of a problem.</summary>
internal static class DecayJson
{
    public static Decay Read(ProblemReader input)
    {
        if (input.OptionalObject("decay") is not { } decay) return new Decay.None();
        return decay.Text("kind") switch
        {
            "none" => new Decay.None(),
            "power" => new Decay.Power(Positive(decay, "exponent")),
            "gaussian" => new Decay.Gaussian(Positive(decay, "beta")),
            "steps" => Steps(decay),
            _ => throw ProblemReader.Malformed("decay.kind", "must be none, power, gaussian or steps"),
        };
    }

    private static double Positive(ProblemReader decay, string name)
    {
        var value = decay.Number(name);
        return value > 0 ? value : throw ProblemReader.Malformed($"decay.{name}", "must be more than 0");
    }

    private static Decay.Steps Steps(ProblemReader decay)
    {
        var limits = Numbers(decay, "limits");
        var weights = Numbers(decay, "weights");
        if (limits.Length == 0) throw ProblemReader.Malformed("decay.limits", "must have at least one limit");
        if (weights.Length != limits.Length)
            throw ProblemReader.Malformed("decay.weights", $"must have {limits.Length} numbers, one for each limit");
        for (var i = 1; i < limits.Length; i++)
            if (limits[i] <= limits[i - 1]) throw ProblemReader.Malformed($"decay.limits[{i}]", "must be more than the limit before it");
        return new Decay.Steps(limits, weights);
    }

    private static double[] Numbers(ProblemReader decay, string name)
    {
        var json = decay.List(name);
        var numbers = new double[json.Length];
        for (var i = 0; i < numbers.Length; i++)
            if (!ProblemReader.TryNumber(json[i], out numbers[i]) || numbers[i] < 0)
                throw ProblemReader.Malformed($"decay.{name}[{i}]", "must be a finite number, 0 or more");
        return numbers;
    }
}
