using System.Runtime.InteropServices;

namespace HazardMap.Network;

/// <summary>A piece of an edge that lies within a limit: from one fraction of its length to another.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="From">Where the piece begins, 0 at the source.</param>
/// <param name="To">Where it ends, 1 at the target; more than <paramref name="From"/>.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ReachedStretch(int Edge, double From, double To);

/// <summary>What a search reached of the edges themselves, cut exactly where the limit is: what catchments are drawn from.</summary>
public static class ReachedStretches
{
    /// <summary>The pieces reached, by edge and then along it; pieces that meet are one.</summary>
    /// <param name="search">A search that has run to the same limit.</param>
    /// <param name="limit">The limit, finite.</param>
    /// <param name="starts">Places that the search set out from, with the cost of coming there;
    /// their own edge is reached from within.</param>
    /// <param name="backward">Whether the search ran backward: pieces are then those from which the starts are reached.</param>
    public static IReadOnlyList<ReachedStretch> Of(RoadSearch search, double limit,
        IEnumerable<(RoadPlace Place, double Cost)>? starts = null, bool backward = false)
    {
        if (!double.IsFinite(limit)) throw new ArgumentOutOfRangeException(nameof(limit), limit, "Without a limit every edge is reached.");
        var pieces = new List<ReachedStretch>();
        foreach (var node in search.Reached)
        {
            var (first, end) = search.Graph.ArcRange(node);
            for (var i = first; i < end; i++)
            {
                var arc = search.Graph.AllArcs[i];
                var cost = backward ? search.Graph.Arriving[i] : arc.Out;
                if (cost >= 0) Add(pieces, arc.Edge, arc.IsReverse ? 1 : 0, arc.IsReverse ? -1 : 1, cost, limit - search.CostTo(node));
            }
        }
        foreach (var (place, cost) in starts ?? [])
        {
            var (forward, back) = search.Graph.CostsOf(place.Edge);
            if (backward) (forward, back) = (back, forward);
            if (forward >= 0) Add(pieces, place.Edge, place.Fraction, 1, forward, limit - cost);
            if (back >= 0) Add(pieces, place.Edge, place.Fraction, -1, back, limit - cost);
        }
        return Joined(pieces);
    }

    private static void Add(List<ReachedStretch> pieces, int edge, double from, int direction, double cost, double left)
    {
        if (left < 0) return;
        var share = cost > 0 ? left / cost : 1;
        var to = Math.Clamp(from + direction * share, 0, 1);
        if (to != from) pieces.Add(new ReachedStretch(edge, Math.Min(from, to), Math.Max(from, to)));
    }

    private static List<ReachedStretch> Joined(List<ReachedStretch> pieces)
    {
        var joined = new List<ReachedStretch>(pieces.Count);
        foreach (var piece in pieces.OrderBy(p => p.Edge).ThenBy(p => p.From))
        {
            if (joined.Count > 0 && joined[^1] is var last && last.Edge == piece.Edge && piece.From <= last.To)
                joined[^1] = last with { To = Math.Max(last.To, piece.To) };
            else joined.Add(piece);
        }
        return joined;
    }
}
