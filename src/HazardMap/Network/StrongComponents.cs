namespace HazardMap.Network;

/// <summary>Tarjan's strongly connected components ("Depth-first search and linear graph algorithms", 1972), without recursion.</summary>
internal sealed class StrongComponents
{
    private readonly RoadGraph _graph;
    private readonly int[] _index, _low, _nextArc;
    private readonly Stack<int> _path = new(), _pending = new();
    private int _visited;

    public StrongComponents(RoadGraph graph)
    {
        _graph = graph;
        _index = new int[graph.NodeCount];
        _low = new int[graph.NodeCount];
        _nextArc = new int[graph.NodeCount];
        PartOf = new int[graph.NodeCount];
        Array.Fill(PartOf, -1);
        for (var node = 0; node < graph.NodeCount; node++)
            if (_index[node] == 0) VisitFrom(node);
    }

    /// <summary>The component of each node.</summary>
    public int[] PartOf { get; }

    /// <summary>How many components.</summary>
    public int Count { get; private set; }

    private void VisitFrom(int root)
    {
        Enter(root);
        while (_path.TryPeek(out var node))
        {
            if (NextUnvisited(node) is { } next) Enter(next);
            else Leave(node);
        }
    }

    private void Enter(int node)
    {
        _index[node] = _low[node] = ++_visited;
        _path.Push(node);
        _pending.Push(node);
    }

    private int? NextUnvisited(int node)
    {
        var arcs = _graph.ArcsOf(node);
        while (_nextArc[node] < arcs.Length)
        {
            ref readonly var arc = ref arcs[_nextArc[node]++];
            if (arc.Out < 0) continue;
            if (_index[arc.Head] == 0) return arc.Head;
            if (PartOf[arc.Head] < 0) _low[node] = Math.Min(_low[node], _index[arc.Head]);
        }
        return null;
    }

    private void Leave(int node)
    {
        _path.Pop();
        if (_path.TryPeek(out var parent)) _low[parent] = Math.Min(_low[parent], _low[node]);
        if (_low[node] != _index[node]) return;
        int member;
        do PartOf[member = _pending.Pop()] = Count;
        while (member != node);
        Count++;
    }
}
