namespace HazardMap.Network;

/// <summary>Numbers junctions from 0 and finds them by their own 64-bit numbers, in 12 bytes each.</summary>
internal sealed class NodeIds(long[] idOfNode)
{
    private readonly int[] _byId = Sorted(idOfNode);

    public int Count => idOfNode.Length;

    public long Bytes => 12L * Count;

    public long Id(int node) => idOfNode[node];

    public bool TryFind(long id, out int node)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high) / 2);
            if (idOfNode[_byId[middle]] < id) low = middle + 1;
            else high = middle;
        }
        var found = low < Count && idOfNode[_byId[low]] == id;
        node = found ? _byId[low] : -1;
        return found;
    }

    private static int[] Sorted(long[] ids)
    {
        var nodes = new int[ids.Length];
        for (var i = 0; i < nodes.Length; i++) nodes[i] = i;
        Array.Sort((long[])ids.Clone(), nodes);
        return nodes;
    }
}
