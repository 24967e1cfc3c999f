using HazardMap.Geodesy;
using HazardMap.Geodesy.Crs;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Operation.Distance;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>Concludes the reference system of a ledger's positions and brings them to WGS84.</summary>
/// <param name="file">The ledger.</param>
/// <param name="crs">What <c>--crs</c> says.</param>
/// <param name="positions">Its positions, page by page; each time they are wanted they are read anew.</param>
/// <param name="boundaries">Those of the divisions that it names.</param>
internal sealed class LedgerPlaces(LedgerFile file, string crs, IEnumerable<IReadOnlyList<StagedPosition>> positions,
    IReadOnlyDictionary<string, Geometry> boundaries)
{
    private readonly Dictionary<string, IPreparedGeometry> _prepared =
        boundaries.ToDictionary(b => b.Key, b => PreparedGeometryFactory.Prepare(b.Value), StringComparer.Ordinal);

    private bool IsAuto => string.Equals(crs, "auto", StringComparison.OrdinalIgnoreCase);

    /// <summary>The system to transform from; refuses a suspected shift that was not asked for.</summary>
    public (CoordinateSystem System, CrsConclusion Conclusion) Conclude()
    {
        var axes = new AxesCount();
        var detective = new DatumDetective(positions.SelectMany(page => page.Select(position =>
        {
            axes.Add(position);
            return Evidence(position);
        })));
        var suspect = detective.Suspect();
        if (!IsAuto || file.StatedCrs is { } named && !CrsMember.IsGlobal(named.System))
        {
            var asked = IsAuto ? file.StatedCrs!.Value.System : CoordinateSystem.Parse(crs);
            RefuseContradiction(asked);
            var readings = new List<ReadingScore> { detective.Score(new(asked, false)) };
            if (suspect is { } other && other.Reading.System.Name != asked.Name) readings.Add(other.Score);
            return (asked, new(asked.Name, crs, IsAuto ? "as the file's own crs says" : "as --crs says", IsAuto
                ? "按文件自身声明的 crs" : "按 --crs 指定",
                detective.Witnesses, readings));
        }
        if (suspect is { } s) throw Suspected(detective, s.Reading, s.Score, OffTheGlobe(axes));
        RefuseImpossible(axes);
        var (en, zh) = detective.Witnesses == 0
            ? ("taken as WGS84 / CGCS2000: the register knows nothing to compare the positions with",
                "按 WGS84 / CGCS2000 处理：台账中没有可供比对的位置")
            : ("WGS84 / CGCS2000: agrees with what the register knows", "WGS84 / CGCS2000：与台账已知位置一致");
        return (CoordinateSystem.Wgs84, new("EPSG:4326", crs, en, zh, detective.Witnesses, [detective.Plain]));
    }

    /// <summary>The shapes of a page on WGS84. A shape that can't be transformed or is not sound becomes a problem, and so does a row that
    /// lies exactly where another datum would put its known position, though the file as a whole does not.</summary>
    public IEnumerable<(int Number, Geometry Shape)> Transform(IReadOnlyList<StagedPosition> page, CoordinateSystem from)
    {
        foreach (var position in page)
        {
            if (IsAuto && position.Known is not null && new DatumDetective([Evidence(position)]).Suspect() is { } s)
                file.Problems.Add(new(position.Number, file.Set.Longitude, "ShiftSuspected",
                    $"this is where {s.Reading.Name} would put its known position",
                    $"与其已知位置按 {s.Reading.NameZh} 偏移后的结果一致"));
            if (TransformOne(position, from) is { } shape) yield return (position.Number, shape);
        }
    }

    private Geometry? TransformOne(StagedPosition position, CoordinateSystem from)
    {
        try
        {
            var shape = position.Raw.Copy();
            shape.Apply(new ToWgs84(from));
            shape.GeometryChanged();
            foreach (var part in Parts(shape))
            {
                Soundness.Check(part);
                Soundness.CheckDateLine(part);
            }
            return shape;
        }
        catch (RefusalException refused)
        {
            file.Problems.Add(new(position.Number, position.Raw is Point ? file.PlaceColumn : null, refused.Code,
                refused.Message.TrimEnd('.') + Swapped(position.Raw, from).En, refused.MessageZh.TrimEnd('。')
                    + Swapped(position.Raw, from).Zh));
            return null;
        }
    }

    // A division's area and its seat are two shapes of one row.
    private static IEnumerable<Geometry> Parts(Geometry shape) =>
        shape is GeometryCollection { OgcGeometryType: OgcGeometryType.GeometryCollection } both ? both.Geometries : [shape];

    // What stands as latitude is a longitude.
    private static (string En, string Zh) Swapped(Geometry raw, CoordinateSystem from) =>
        raw is Point { X: >= -90 and <= 90, Y: > 90 and <= 180 or < -90 and >= -180 } && CrsMember.IsGlobal(from)
            ? ("; longitude and latitude look swapped: swap the two", "；经度和纬度疑似填反：请对调") : ("", "");

    // --crs and the file may not name two systems. A Chinese web map's shift has no name that a program could write into a file.
    private void RefuseContradiction(CoordinateSystem asked)
    {
        if (IsAuto || file.StatedCrs is not { } named || CrsMember.Agree(named.System, asked)
            || CrsMember.IsGlobal(named.System) && asked.Name is "gcj02" or "bd09") return;
        throw new RefusalException("CrsContradicts",
            $"{file.FileName}: the file names the reference system {named.Name}, --crs says {asked.Name}: leave --crs out, or correct "
                + "the member crs "
                + "of the file. Nothing was changed.",
            $"{file.FileName}：文件声明的坐标系是 {named.Name}，而 --crs 指定 {asked.Name}：请去掉 --crs，"
                + "或更正文件中的 crs。未作任何更改。",
            file.FileName);
    }

    private Evidence Evidence(StagedPosition position)
    {
        var at = position.Raw switch
        {
            Point point => point.Coordinate,
            var area when file.Set.Kind == ImportKind.Divisions => area.Centroid.Coordinate,
            var shape => DistanceOp.NearestPoints(shape, shape.Centroid)[0],
        };
        return new(at.X, at.Y, position.Known, position.Boundary is { } code ? _prepared[code] : null);
    }

    private RefusalException Suspected(DatumDetective detective, CrsReading reading, ReadingScore score, (string En, string Zh) off)
    {
        var plain = detective.Plain;
        var remedy = reading.Swapped
            ? ("swap the two columns", "请对调两列")
            : ($"say --crs {reading.System.Name} to import it so, or --crs EPSG:4326 if the positions are right as they are",
                $"如确认请加 --crs {reading.System.Name}；如位置本来正确请加 --crs EPSG:4326");
        return new RefusalException("ShiftSuspected",
            $"{file.FileName}: the positions look like {reading.Name}: "
                + $"of {detective.Witnesses} rows whose place is known, {score.AtKnownPosition + score.InsideDivision} fit so, "
                + $"and {plain.AtKnownPosition + plain.InsideDivision} as WGS84{off.En}. Nothing was changed; {remedy.Item1}.",
            $"{file.FileName}：坐标疑似 {reading.NameZh}：在 {detective.Witnesses} 行可比对的记录中，"
                + $"按此解释有 {score.AtKnownPosition + score.InsideDivision} "
                + $"行吻合，按 WGS84 只有 {plain.AtKnownPosition + plain.InsideDivision} 行{off.Zh}。"
                + $"未作任何更改；{remedy.Item2}。",
            file.FileName);
    }

    // The first position that is not on the globe as it stands.
    private (string En, string Zh) OffTheGlobe(AxesCount axes)
    {
        if (axes.FirstOffTheGlobe is not { } position) return ("", "");
        var at = string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"[{position.Raw.Coordinate.X:R}, {position.Raw.Coordinate.Y:R}]");
        var (en, zh) = file.Place(position.Number);
        return ($" ({en}: {at} is not on the globe)", $"（{zh}：{at} 不在地球经纬度范围内）");
    }

    // Most positions off the globe: metres, or latitude before longitude. One such row is a slip of the pen, told as such.
    private void RefuseImpossible(AxesCount axes)
    {
        if (axes.OffTheGlobe * 2 <= axes.All) return;
        var off = OffTheGlobe(axes);
        throw axes.AreSwapped
            ? new RefusalException("AxesSwapped", $"{file.FileName}: the axes are swapped: what stands as latitude is a longitude"
                + $"{off.En}. Swap the two columns. Nothing was changed.",
                $"{file.FileName}：坐标轴对调：“纬度”列实际是经度{off.Zh}。请对调两列。"
                    + "未作任何更改。",
                file.FileName)
            : new RefusalException("CoordinateOutOfRange", $"{file.FileName}: the positions are not degrees"
                + $"{off.En}; if they are metres of a projection, say which: --crs EPSG:4513-4554 (Gauss-Kruger of CGCS2000). "
                + "Nothing was changed.",
                $"{file.FileName}：坐标不是经纬度{off.Zh}；如为投影坐标（米），"
                    + "请用 --crs EPSG:4513-4554 指明（CGCS2000 高斯-克吕格）。未作任何更改。", file.FileName);
    }

    /// <summary>How many positions are no degrees as they stand, counted while they pass. Where they pass again, to try other systems,
    /// all are counted again: shares stay.</summary>
    private sealed class AxesCount
    {
        public int All { get; private set; }

        public int OffTheGlobe { get; private set; }

        public StagedPosition? FirstOffTheGlobe { get; private set; }

        public bool AreSwapped { get; private set; } = true;

        public void Add(StagedPosition position)
        {
            var e = position.Raw.EnvelopeInternal;
            All++;
            if (e is not { MinX: >= -90, MaxX: <= 90, MinY: >= -180, MaxY: <= 180 }) AreSwapped = false;
            if (e is { MinX: >= -180, MaxX: <= 180, MinY: >= -90, MaxY: <= 90 }) return;
            OffTheGlobe++;
            FirstOffTheGlobe ??= position;
        }
    }

    private sealed class ToWgs84(CoordinateSystem from) : ICoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence sequence, int i)
        {
            var (longitude, latitude) = from.ToWgs84(sequence.GetX(i), sequence.GetY(i));
            sequence.SetX(i, longitude);
            sequence.SetY(i, latitude);
        }
    }
}
