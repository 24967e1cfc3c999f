using System.Globalization;

namespace HazardMap.OData;

internal sealed partial class Pipeline
{
    /// <summary>
    /// Several answers to the same input, one after another. Rows of different shapes have different columns: each branch
    /// selects the columns of all, null where it has none, and says which shape its rows are.
    /// </summary>
    private Rows Concat(Rows rows, Transformation.Concat concat)
    {
        if (concat.Branches.Count < 2) throw ODataRefusalException.Bad("concat needs at least two sequences.", "$apply");
        // Each branch names things of its own.
        var branches = concat.Branches.Select(x => Run(Around(rows, extra: "", tail: ""), x)).ToList();
        var columns = Together(branches);
        var shapes = new Dictionary<int, IReadOnlySet<string>>();
        var parts = branches.Select((branch, i) => Part(branch, i, columns, shapes)).ToList();
        var scope = translator.NewScope(Shapeless(rows.Scope.Set), $"({string.Join(" union all ", parts)})");
        var outputs = columns.Select(
            (x, i) => x with { Value = Output(scope, string.Create(CultureInfo.InvariantCulture, $"$c{i}"), x.Value) }).ToList();
        foreach (var column in outputs) scope.Computed[column.Name] = column.Value;
        OrderKey Key(string name) => new($"{scope.Alias}.\"{name}\"", ODataType.Int64, Nullable: false, Descending: false);
        return new Rows(scope) { Columns = outputs, Identity = [Key("$branch"), Key("$row")],
            ShapeSql = $"{scope.Alias}.\"$shape\"", Shapes = shapes };
    }

    private string Part(Rows branch, int place, List<ApplyColumn> columns, Dictionary<int, IReadOnlySet<string>> shapes)
    {
        var list = columns.Select((column, i) =>
        {
            var own = branch.Columns.FirstOrDefault(x => string.Equals(x.Name, column.Name, StringComparison.Ordinal));
            var type = column.Value.Type.SqlName();
            return string.Create(CultureInfo.InvariantCulture, $"{(own is null ? "null" : own.Value.Sql)}::{type} as \"$c{i}\"");
        }).ToList();
        // Numbers of shapes are given anew, so that those of two branches never meet.
        var numbers = new Dictionary<int, int>();
        foreach (var (number, names) in ShapesOf(branch))
        {
            numbers[number] = shapes.Count;
            shapes.Add(shapes.Count, names);
        }
        var shape = branch.ShapeSql is null
            ? numbers[0].ToString(CultureInfo.InvariantCulture)
            : $"case {branch.ShapeSql}"
                + string.Concat(numbers.Select(x => string.Create(CultureInfo.InvariantCulture, $" when {x.Key} then {x.Value}"))) + " end";
        list.Add($"{shape} as \"$shape\"");
        list.Add(string.Create(CultureInfo.InvariantCulture, $"{place} as \"$branch\""));
        list.Add($"row_number() over ({branch.OrderBy.Trim()}) as \"$row\"");
        return $"select {string.Join(", ", list)} {branch.From}";
    }

    private static IReadOnlyDictionary<int, IReadOnlySet<string>> ShapesOf(Rows branch) => branch.ShapeSql is not null
        ? branch.Shapes
        : new Dictionary<int, IReadOnlySet<string>> { [0] = branch.Columns.Select(x => x.Name).ToHashSet(StringComparer.Ordinal) };

    /// <summary>All columns of all branches; the same name must mean the same type, numbers become the widest.</summary>
    private static List<ApplyColumn> Together(List<Rows> branches)
    {
        var columns = new List<ApplyColumn>();
        foreach (var column in branches.SelectMany(x => x.Columns))
        {
            var place = columns.FindIndex(x => string.Equals(x.Name, column.Name, StringComparison.Ordinal));
            if (place < 0) columns.Add(column);
            else columns[place] = Common(columns[place], column);
        }
        return columns;
    }

    private static ApplyColumn Common(ApplyColumn one, ApplyColumn other)
    {
        var (a, b) = (one.Value.Type, other.Value.Type);
        if (a == b && one.Value.EnumType == other.Value.EnumType || a.IsGeography() && b.IsGeography()) return one;
        if (!a.IsNumber() || !b.IsNumber())
            throw ODataRefusalException.Bad($"{one.Name} is {a} in one part of concat and {b} in another.", one.Name);
        return one with { Value = one.Value with { Type = Translator.Promoted(a, b) } };
    }
}
