using HazardMap.OData;
using HazardMap.Service.Register;
using HazardMap.Service.Register.Sets;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Register;

/// <summary>
/// A field is told once, in its set's description. The table and the view beside it are held equal here: a column or a property that was
/// forgotten somewhere is named, with the place.
/// </summary>
public sealed class DescriptionTests(EmptyRegister register) : IClassFixture<EmptyRegister>
{
    // Columns of a table that are no property, with the reason.
    private static readonly Dictionary<string, string> NoProperty = new(StringComparer.Ordinal)
    {
        ["register.photos.updated_at"] = "a picture never changes after it was taken in",
    };

    // What can be written by a request but not by a ledger, with the reason.
    private static readonly Dictionary<string, string> NotInLedger = new(StringComparer.Ordinal)
    {
        ["Hazards.Id"] = "a ledger's rows are known by their Code", ["Facilities.Id"] = "as above", ["Settlements.Id"] = "as above",
        ["Hazards.Shape"] = "csv has the position's two columns, GeoJSON the shape as its geometry",
        ["Hazards.LastInspectedAt"] = "inspections tell it",
    };

    public static TheoryData<string> Sets() => new(RegisterModel.Model.EntitySets.Keys);

    public static TheoryData<string> Tables() =>
        new(RegisterModel.Model.EntitySets.Values.Where(s => s.Table is not null && !s.BeginsWork).Select(s => s.Name));

    [Theory, MemberData(nameof(Sets))]
    public async Task Every_property_is_a_column_of_the_view_with_its_type(string name)
    {
        var set = RegisterModel.Model.EntitySets[name];
        var columns = await ColumnsAsync(set.Source);
        foreach (var property in set.Properties)
        {
            Assert.True(columns.TryGetValue(property.Column, out var column),
                $"{set.Source} has no column {property.Column} for {name}.{property.Name}");
            Assert.True(Types(property.Type).Contains(column.Type, StringComparer.Ordinal),
                $"{set.Source}.{property.Column} is {column.Type}; {name}.{property.Name} is {property.Type}");
        }
    }

    [Theory, MemberData(nameof(Sets))]
    public async Task Every_column_of_the_view_is_a_property(string name)
    {
        var set = RegisterModel.Model.EntitySets[name];
        foreach (var column in (await ColumnsAsync(set.Source)).Keys)
            Assert.True(set.Properties.Any(p => p.Column == column),
                $"{set.Source}.{column} is no property of {name}: describe it, or take it out of the view");
    }

    [Theory, MemberData(nameof(Tables))]
    public async Task Every_column_of_the_table_is_a_property_and_the_other_way_round(string name)
    {
        var set = RegisterModel.Model.EntitySets[name];
        var columns = await ColumnsAsync(set.Table!);
        foreach (var column in columns.Keys.Where(c => !NoProperty.ContainsKey($"{set.Table}.{c}")))
            Assert.True(set.Properties.Any(p => p.Column == column),
                $"{set.Table}.{column} is no property of {name}: describe it in Register/Sets");
        foreach (var property in set.Properties.Where(p => p.IsInsertable))
        {
            Assert.True(columns.TryGetValue(property.Column, out var column),
                $"{set.Table} has no column {property.Column} for {name}.{property.Name}");
            Assert.True(column.IsNullable == property.Nullable || property.Default is not null || property.IsDerived,
                $"{set.Table}.{property.Column} may {(column.IsNullable ? "" : "not ")}be null, {name}.{property.Name} says otherwise");
            Assert.True(property.Default is null || column.Default?.Contains(property.Default, StringComparison.OrdinalIgnoreCase) == true,
                $"{set.Table}.{property.Column} has the default {column.Default}, {name}.{property.Name} {property.Default}");
        }
    }

    [Theory, MemberData(nameof(Tables))]
    public async Task Every_writable_property_has_a_label_in_both_languages(string name)
    {
        await Task.CompletedTask;
        foreach (var property in RegisterModel.Model.EntitySets[name].Properties.Where(p => p.IsInsertable))
            Assert.True(property.Label is { English.Length: > 0, Chinese.Length: > 0 }, $"{name}.{property.Name} has no Label");
    }

    [Theory, MemberData(nameof(Tables))]
    public void What_can_be_written_stands_in_the_ledger_too(string name)
    {
        var properties = RegisterModel.Model.EntitySets[name].Properties;
        if (!properties.Any(p => p.Note<InLedger>() is { Form: not CellForm.SampleMark })) return;   // every set marks its samples
        foreach (var property in properties.Where(p => p.IsInsertable && !NotInLedger.ContainsKey($"{name}.{p.Name}")))
            Assert.True(property.Note<InLedger>() is not null,
                $"{name}.{property.Name} can be written, but no ledger has it: "
                    + "describe it with Ledger(), or give the reason in NotInLedger");
    }

    private static string[] Types(ODataType type) => type switch
    {
        ODataType.Boolean => ["boolean"],
        ODataType.Int32 => ["integer"],
        ODataType.Int64 => ["bigint"],
        ODataType.Double => ["double precision"],
        ODataType.Guid => ["uuid"],
        ODataType.Date => ["date"],
        ODataType.DateTimeOffset => ["timestamp with time zone"],
        _ when type.ToString().StartsWith("Geography", StringComparison.Ordinal) => ["geography"],
        _ => ["text"],
    };

    private async Task<Dictionary<string, (string Type, bool IsNullable, string? Default)>> ColumnsAsync(string relation)
    {
        await using var connection = await register.Database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            select a.attname::text, t.typname::text, format_type(a.atttypid, null), not a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
            from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attrelid = '{relation}'::regclass and a.attnum > 0 and not a.attisdropped
            """;
        await using var rows = await command.ExecuteReaderAsync();
        var columns = new Dictionary<string, (string, bool, string?)>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
            columns.Add(rows.GetString(0), (rows.GetString(2), rows.GetBoolean(3), rows.IsDBNull(4) ? null : rows.GetString(4)));
        return columns;
    }
}
