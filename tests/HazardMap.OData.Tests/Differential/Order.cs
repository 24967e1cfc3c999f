namespace HazardMap.OData.Tests.Differential;

/// <summary>Keys of <c>$orderby</c>, and how the reference must be asked for the standard's order:
/// null first, enumerations as declared.</summary>
public static class Order
{
    public static string By(Value key, bool descending, Subject subject, string kind = ExplainedDifference.NullOrder)
    {
        var (plain, direction) = (descending ? key.Text + " desc" : key.Text, descending ? " desc" : "");
        if (subject.Kinds.Contains(key.Text, StringComparer.Ordinal))
            return Wording.Place(ExplainedDifference.KindOrder, plain,
                $"{key.Text} eq 'Beacon'{direction},{key.Text} eq 'Lightship'{direction}");
        // A next link asks for what comes after the last row's value.
        if (kind == ExplainedDifference.NextLinks && subject.Times.Contains(key.Text, StringComparer.Ordinal))
            plain = Wording.Place(ExplainedDifference.TimeOfDay, plain);
        var nullable = key.Properties.Where(x => !subject.NeverNull.Contains(x, StringComparer.Ordinal) && x != subject.Key).ToArray();
        if (nullable.Length == 0) return plain;
        var isNull = string.Join(" or ", nullable.Select(x => $"{x} eq null"));
        var nullFirst = Wording.Place(kind, plain, $"({isNull}){(descending ? "" : " desc")},{plain}");
        return key.Text == nullable[0] ? nullFirst : Wording.Place(ExplainedDifference.ComputedOrder, nullFirst);
    }
}
