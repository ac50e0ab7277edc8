using System.Runtime.CompilerServices;

namespace Applications.Domain.Reviews.Assigning;

/// <summary>One step: flow goes round the cycle that the entering arc closes, and the arc that blocks leaves the tree.</summary>
internal sealed partial class TransportSimplex
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pivot(in Entering entering)
    {
        var capacity = entering.Target == _root ? _segmentCapacity[entering.Slot] : 1;
        var (first, second) = entering.AtUpper ? (entering.Target, entering.Source) : (entering.Source, entering.Target);
        var join = Join(first, second);

        // The last blocking arc on the way from the join round the cycle leaves: so the tree stays strongly feasible and no cycling can be.
        var (delta, leaving, onFirst) = (capacity, -1, false);
        for (var u = first; u != join; u = _parent[u])
        {
            var room = _isUp[u] ? _flow[u] : _capacity[u] - _flow[u];
            if (room < delta)
            {
                (delta, leaving, onFirst) = (room, u, true);
            }
        }

        for (var u = second; u != join; u = _parent[u])
        {
            var room = _isUp[u] ? _capacity[u] - _flow[u] : _flow[u];
            if (room <= delta)
            {
                (delta, leaving, onFirst) = (room, u, false);
            }
        }

        if (delta > 0)
        {
            for (var u = first; u != join; u = _parent[u])
            {
                _flow[u] += _isUp[u] ? -delta : delta;
            }

            for (var u = second; u != join; u = _parent[u])
            {
                _flow[u] += _isUp[u] ? delta : -delta;
            }
        }

        if (leaving < 0)
        {
            Flip(entering);
            return;
        }

        // Out first, so that a file's used pairs never outgrow its demand.
        Enter(entering);
        Leave(leaving);
        Regraft(entering, leaving, onFirst ? first : second, entering.AtUpper ? capacity - delta : delta, capacity);
    }

    private int Join(int a, int b)
    {
        while (a != b)
        {
            if (_depth[a] >= _depth[b])
            {
                a = _parent[a];
            }
            else
            {
                b = _parent[b];
            }
        }

        return a;
    }

    /// <summary>The arc goes from one bound to the other without coming into the tree.</summary>
    private void Flip(in Entering entering)
    {
        if (entering.Target == _root)
        {
            _segmentState[entering.Slot] = (sbyte)-_segmentState[entering.Slot];
        }
        else if (entering.AtUpper)
        {
            RemoveUsed(entering.Source, entering.Slot);
            _costs[(entering.Source * _experts) + entering.Target - _files] = entering.Cost;
        }
        else
        {
            AddUsed(entering.Source, entering.Target - _files, entering.Cost);
        }
    }

    private void Enter(in Entering entering)
    {
        if (entering.Target == _root)
        {
            _segmentState[entering.Slot] = 0;
        }
        else if (entering.AtUpper)
        {
            RemoveUsed(entering.Source, entering.Slot);
        }
        else
        {
            _costs[(entering.Source * _experts) + entering.Target - _files] = Masked;
        }
    }

    /// <summary>The tree arc above this node goes to the bound that its flow has reached; an artificial one is gone for good.</summary>
    private void Leave(int node)
    {
        var parent = _parent[node];
        if (parent == _root)
        {
            if (_segment[node] >= 0)
            {
                _segmentState[_segment[node]] = (sbyte)(_flow[node] == 0 ? 1 : -1);
            }

            return;
        }

        var (file, expert) = node < _files ? (node, parent - _files) : (parent, node - _files);
        if (_flow[node] == 0)
        {
            _costs[(file * _experts) + expert] = _cost[node];
        }
        else
        {
            AddUsed(file, expert, _cost[node]);
        }
    }

    private void AddUsed(int file, int expert, int cost)
    {
        var slot = _usedStart[file] + _usedCount[file]++;
        _usedExpert[slot] = expert;
        _usedCost[slot] = cost;
        _costs[(file * _experts) + expert] = Masked;
    }

    private void RemoveUsed(int file, int slot)
    {
        var last = _usedStart[file] + --_usedCount[file];
        _usedExpert[slot] = _usedExpert[last];
        _usedCost[slot] = _usedCost[last];
    }

    /// <summary>Hangs the part below the leaving arc onto the entering one, its inner end on top, and shifts its potentials.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Regraft(in Entering entering, int leaving, int top, int flow, int capacity)
    {
        var isUp = top == entering.Source;
        var above = isUp ? entering.Target : entering.Source;
        var shift = _potential[above] + (isUp ? -entering.Cost : entering.Cost) - _potential[top];
        var (cost, segment) = (entering.Cost, entering.Target == _root ? entering.Slot : Artificial);
        for (int u = top, parent = above; ;)
        {
            var (oldParent, oldFlow, oldCapacity, oldCost, oldSegment, oldUp) = (_parent[u], _flow[u], _capacity[u], _cost[u], _segment[u], _isUp[u]);
            Detach(u);
            (_flow[u], _capacity[u], _cost[u], _segment[u], _isUp[u]) = (flow, capacity, cost, segment, isUp);
            Attach(u, parent);
            if (u == leaving)
            {
                break;
            }

            (flow, capacity, cost, segment, isUp) = (oldFlow, oldCapacity, oldCost, oldSegment, !oldUp);
            (u, parent) = (oldParent, u);
        }

        Shift(top, shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Shift(int top, int shift)
    {
        var (potential, depth, parent, firstChild, next) = (_potential, _depth, _parent, _firstChild, _next);
        for (var u = top; ;)
        {
            potential[u] += shift;
            depth[u] = depth[parent[u]] + 1;
            if (firstChild[u] >= 0)
            {
                u = firstChild[u];
                continue;
            }

            while (u != top && next[u] < 0)
            {
                u = parent[u];
            }

            if (u == top)
            {
                return;
            }

            u = next[u];
        }
    }
}
