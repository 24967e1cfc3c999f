using System.Globalization;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// Where a ledger moves known waters and facilities: told always, and asked for (<c>--allow-moves</c>) when it looks like a mistake: far,
/// or
/// the known position with digits cut off, or several onto one spot.
/// </summary>
internal static class LedgerMoves
{
    /// <summary>Farther than this nothing moves unasked.</summary>
    public const double FarMetres = 500;

    // Less than this is what two people measure at one water.
    private const double SmallMetres = 50;

    private const int Told = 5;

    /// <summary>The moves of a decided ledger; null: none.</summary>
    /// <exception cref="RefusalException">They look like a mistake and are not allowed.</exception>
    public static async Task<MovedRows?> CheckAsync(NpgsqlConnection connection, ImportRequest request, LedgerFile file,
        CancellationToken stop)
    {
        if (file.Set.Kind == ImportKind.Divisions) return null;   // a centre is no place that anybody stands at
        await using var command = connection.Command(EmbeddedSql.Of(typeof(LedgerMoves), "Moves"), [SmallMetres, Told]);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(stop);
        await rows.ReadAsync(stop);
        var count = rows.GetInt32(0);
        if (count == 0) return null;
        var (farthest, ontoOneSpot, digitsCut) = (rows.GetDouble(1), rows.GetInt32(2), rows.GetInt32(3));
        var first = rows.GetFieldValue<int[]>(4).Zip(rows.GetFieldValue<string[]>(5), rows.GetFieldValue<double[]>(6)).ToList();
        var moves = new MovedRows(count, Math.Round(farthest, 1), ontoOneSpot, digitsCut,
            [.. first.Select(m => $"{file.Place(m.First).En}: {m.Second}, {Metres(m.Third)} m")]);
        if (request.AllowMoves || farthest <= FarMetres && ontoOneSpot == 0 && digitsCut == 0) return moves;
        throw Refusal(file, moves, [.. first.Select(m => $"{file.Place(m.First).Zh}：{m.Second}，{Metres(m.Third)} 米")]);
    }

    private static RefusalException Refusal(LedgerFile file, MovedRows moves, IReadOnlyList<string> firstZh)
    {
        var spot = moves.OntoOneSpot > 0 ? $"; {moves.OntoOneSpot} of them onto a spot that they share" : "";
        var spotZh = moves.OntoOneSpot > 0 ? $"；其中 {moves.OntoOneSpot} 条移到同一位置" : "";
        var cut = moves.DigitsCut > 0 ? $"; {moves.DigitsCut} are their known position with decimals cut off, as sheets do" : "";
        var cutZh = moves.DigitsCut > 0 ? $"；{moves.DigitsCut} 条为原位置被截去小数（表格软件常见）" : "";
        return new RefusalException("MovesSuspected",
            $"{file.FileName}: {moves.Count} known rows would move, at most {Metres(moves.FarthestMetres)} m{spot}{cut} "
                + $"({string.Join("; ", moves.Examples)}). Not unasked beyond {FarMetres:0} m, onto one spot or by lost decimals: "
                + "restore the "
                + "positions, or empty their cells to leave them as they are, or say --allow-moves if they are right. Nothing was changed.",
            $"{file.FileName}：{moves.Count} 条已有记录将被移动，最远 {Metres(moves.FarthestMetres)} "
                + $"米{spotZh}{cutZh}（{string.Join("；", firstZh)}）。"
                + $"移动超过 {FarMetres:0} 米、移到同一位置或因丢失小数而移动须确认：请恢复原坐标，"
                + "或将坐标单元格留空以保持原位置，"
                + "如确属正确请加 --allow-moves。未作任何更改。", file.FileName);
    }

    private static string Metres(double metres) => Math.Round(metres).ToString("0", CultureInfo.InvariantCulture);
}
