namespace HazardMap.Network;

/// <summary>What a search is after; it may stop when it has that.</summary>
internal interface IWish
{
    /// <summary>Called with each node as it is settled.</summary>
    bool IsFulfilledBy(int node);
}

/// <summary>All within the limit.</summary>
internal readonly struct Everything : IWish
{
    public bool IsFulfilledBy(int node) => false;
}

/// <summary>The last of some marked nodes.</summary>
internal struct LastOf(bool[] marked, int count) : IWish
{
    private int _left = count;

    public bool IsFulfilledBy(int node) => marked[node] && --_left == 0;
}
