using System.Data;
using System.Globalization;
using HazardMap.OData;
using Npgsql;

namespace HazardMap.Service.Audit;

/// <summary>What is wrong with the audit.</summary>
/// <param name="Kind"><c>Altered</c>, <c>Removed</c>, <c>Inserted</c>, <c>Reordered</c> or <c>Truncated</c>.</param>
/// <param name="Number">Of the first entry that it is about.</param>
/// <param name="Through">Of the last.</param>
/// <param name="Id">Its key, where the row is there.</param>
/// <param name="En">In words.</param>
/// <param name="Zh">In Chinese.</param>
internal sealed record AuditProblem(string Kind, long? Number, long? Through, string? Id, string En, string Zh);

/// <summary>
/// Follows the chain from its first link: each entry's hash is that of its own fields and of the hash before it, so what was altered,
/// removed, put in or moved breaks it, and where it breaks tells which. It goes on behind a break, so all of them are told.
/// </summary>
internal sealed class AuditChain
{
    // So many entries that were removed with their numbers given to others are recognised as such.
    private const int Reach = 256;
    private static readonly byte[] Beginning = new byte[32];
    private readonly List<AuditRow> _rows;
    private readonly ILookup<string, AuditRow> _after;
    private readonly Dictionary<long, AuditRow> _byNumber = [];
    private readonly HashSet<AuditRow> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly List<AuditProblem> _problems = [];
    private readonly Dictionary<long, string> _hashes = [];
    private readonly long _end;
    private long _place = 1;
    private byte[] _hash = Beginning;

    // What stands behind the last link that the database knows was not written by it.
    private AuditChain(List<AuditRow> rows, long end)
    {
        (_rows, _end) = (rows, end);
        _after = rows.ToLookup(row => Convert.ToHexStringLower(row.Previous), StringComparer.Ordinal);
        foreach (var row in rows.Where(row => row.Number is not null)) _byNumber.TryAdd(row.Number!.Value, row);
    }

    /// <summary>Reads the audit as it is at one moment, and says what is wrong with it.</summary>
    public static async Task<(int Entries, AuditHead? Head, IReadOnlyList<AuditProblem> Problems)> VerifyAsync(
        NpgsqlDataSource database, AuditHead? exported, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        var kept = await AuditHead.ReadAsync(connection, stop);
        var rows = await AuditRow.ReadAsync(connection, stop).ToListAsync(stop);
        return (rows.Count, kept, Verify(rows, kept, exported));
    }

    /// <summary>What is wrong, in the order of numbers.</summary>
    /// <param name="rows">All entries.</param>
    /// <param name="kept">What the database keeps as the last link.</param>
    /// <param name="exported">A head that was exported earlier; null: none was given.</param>
    public static IReadOnlyList<AuditProblem> Verify(List<AuditRow> rows, AuditHead? kept, AuditHead? exported)
    {
        var chain = new AuditChain(rows, kept?.Number ?? long.MaxValue);
        chain.Follow();
        chain.TellStrangers();
        chain.CompareTail(kept, isExported: false);
        if (exported is not null) chain.CompareTail(exported, isExported: true);
        return [.. chain._problems.DistinctBy(p => (p.Kind, p.Number, p.Through, p.Id)).OrderBy(p => p.Number ?? long.MaxValue)];
    }

    private void Follow()
    {
        var last = _byNumber.Count == 0 ? 0 : _byNumber.Keys.Max();
        while (_seen.Count < _rows.Count && _place <= last + Reach)
        {
            if (Next() is { } next) Pass(next);
            else if (_place > _end) break;
            else if (_byNumber.GetValueOrDefault(_place) is { } standing && !_seen.Contains(standing)) Break(standing);
            else if (_byNumber.Keys.Where(n => n > _place && !_seen.Contains(_byNumber[n])).DefaultIfEmpty().Min() is > 0 and var after)
                Gap(_byNumber[after], after);
            else break;
        }
    }

    // The entry that follows by hash, whatever number it bears.
    private AuditRow? Next() => _after[Convert.ToHexStringLower(_hash)]
        .FirstOrDefault(row => !_seen.Contains(row) && row.HashAt(_place).AsSpan().SequenceEqual(row.Hash));

    private void Pass(AuditRow row)
    {
        if (row.Number != _place)
            Tell("Reordered", row.Number ?? _place, row, $"entry {row.Number} was number {_place}",
                $"第 {row.Number} 条原为第 {_place} 条");
        Take(row);
    }

    // Nothing follows by hash, but an entry bears the number.
    private void Break(AuditRow row)
    {
        var isWhole = row.HashAt(_place).AsSpan().SequenceEqual(row.Hash);
        if (isWhole)
        {
            // It is as it was written, and was chained to another entry than the one that stands before it now.
            Tell("Altered", _place - 1, _byNumber.GetValueOrDefault(_place - 1),
                $"entry {_place - 1} is not the one that entry {_place} was chained to",
                    $"第 {_place - 1} 条不是第 {_place} 条所链接的原记录");
        }
        else if (Enumerable.Range(1, Reach).FirstOrDefault(by => row.HashAt(_place + by).AsSpan().SequenceEqual(row.Hash))
            is > 0 and var by)
        {
            TellRemoved(_place, _place + by - 1);
            _place += by;
            Pass(row);
            return;
        }
        else
        {
            Tell("Altered", _place, row, $"entry {_place} was altered: its fields do not have its hash",
                $"第 {_place} 条被修改：内容与校验值不符");
        }
        Take(row);
    }

    private void Gap(AuditRow row, long number)
    {
        TellRemoved(_place, number - 1);
        _place = number;
        _hash = row.Previous;
    }

    private void Take(AuditRow row)
    {
        _seen.Add(row);
        _hashes[_place] = Convert.ToHexStringLower(row.Hash);
        _hash = row.Hash;
        _place++;
    }

    private void TellStrangers()
    {
        foreach (var row in _rows.Where(row => !_seen.Contains(row)))
            Tell("Inserted", row.Number, row, row.Number is { } n ? $"entry {n} ({row.Id}) is not of the chain: it was put in"
                : $"a row without number ({row.Id}) was put in past the chain", row.Number is { } m
                    ? $"第 {m} 条（{row.Id}）不在链中，是后来插入的"
                : $"有一行（{row.Id}）没有序号，绕过链插入");
        foreach (var row in _rows.Where(row => _seen.Contains(row) && row.Actor.StartsWith("database:", StringComparison.Ordinal)))
            Tell("Inserted", row.Number, row, $"entry {row.Number} was put in by hand, as {row.Actor}, and not by this program",
                $"第 {row.Number} 条由 {row.Actor} 手工插入，不是本程序写入");
    }

    private void CompareTail(AuditHead? head, bool isExported)
    {
        if (head is null)
        {
            _problems.Add(new("Removed", null, null, null, "the database's own record of the last link is gone",
                "数据库中的链头记录已丢失"));
            return;
        }
        var last = _hashes.Count == 0 ? 0 : _hashes.Keys.Max();
        var (whose, whoseZh) = isExported ? ("the exported head", "导出的链头") : ("the database's own head", "数据库链头");
        if (head.Number > last)
            _problems.Add(new("Truncated", last + 1, head.Number, null, string.Create(CultureInfo.InvariantCulture,
                $"the tail is cut off: entries {last + 1} to {head.Number} are gone, as {whose} shows"),
                string.Create(CultureInfo.InvariantCulture,
                    $"尾部被截断：第 {last + 1} 至 {head.Number} 条缺失（依据{whoseZh}）")));
        else if (head.Number > 0 && _hashes.GetValueOrDefault(head.Number) is var hash && hash != head.Hash)
            Tell("Altered", head.Number, _byNumber.GetValueOrDefault(head.Number),
                $"entry {head.Number} does not have the hash of {whose}", $"第 {head.Number} 条与{whoseZh}的校验值不符");
        else if (!isExported && head.Number < last)
            _problems.Add(new("Inserted", head.Number + 1, last, null, string.Create(CultureInfo.InvariantCulture,
                $"entries {head.Number + 1} to {last} were put in behind {whose}"),
                string.Create(CultureInfo.InvariantCulture, $"第 {head.Number + 1} 至 {last} 条在{whoseZh}之后插入")));
    }

    private void TellRemoved(long from, long to) => _problems.Add(new("Removed", from, to, null,
        from == to ? $"entry {from} was removed" : $"entries {from} to {to} were removed",
        from == to ? $"第 {from} 条被删除" : $"第 {from} 至 {to} 条被删除"));

    private void Tell(string kind, long? number, AuditRow? row, string en, string zh) =>
        _problems.Add(new(kind, number, number, row?.Id, en, zh));
}
