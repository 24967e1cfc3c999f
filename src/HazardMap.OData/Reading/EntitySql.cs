using NpgsqlTypes;

namespace HazardMap.OData;

/// <summary>An entity inside another as an SQL text expression: the JSON that <see cref="EntityWriter"/> writes for the entity
/// itself.</summary>
internal sealed class EntitySql(Translator translator, ODataRequest request)
{
    public string Of(Scope scope, Selection selection)
    {
        var members = new List<string>();
        if (request.Preferences.Metadata != "none") members.AddRange(Annotations(scope, selection));
        foreach (var property in selection.Properties)
            members.Add(TypeOf(property)
                + Member(property.Name, JsonSql.Value(scope.Column(property), property.Type, request.NumbersAsText)));
        foreach (var name in selection.Computed)
            members.Add(Member(name, JsonSql.Value(scope.Computed[name].Sql, scope.Computed[name].Type, request.NumbersAsText)));
        foreach (var nested in selection.Expansions)
            members.Add(Member(nested.MemberName, new ExpansionSql(translator, request).Of(nested, scope)));
        return members.Count == 0 ? "'{}'" : $"'{{' || {string.Join(" || ',' || ", members)} || '}}'";
    }

    /// <summary>The entity's address as a JSON text.</summary>
    public string Url(Scope scope, string suffix = "")
    {
        var before = translator.Parameters.Add($"{request.Root}{scope.Set.Name}(", NpgsqlDbType.Text);
        return $"to_json({before} || {UrlSql.Key(scope.Column(scope.Set.Key), scope.Set.Key.Type)} || {JsonSql.Text(")" + suffix)})::text";
    }

    private IEnumerable<string> Annotations(Scope scope, Selection selection)
    {
        var full = request.Preferences.Metadata == "full";
        if (full) yield return JsonSql.Text($"\"@odata.type\":\"#{request.Model.Namespace}.{scope.Set.TypeName}\"");
        if (full || !selection.Properties.Contains(scope.Set.Key)) yield return Member("@odata.id", Url(scope));
        if (scope.Set.Version is { } version) yield return $"'\"@odata.etag\":\"W/\\\"' || {scope.Column(version)} || '\\\"\"'";
        if (!full) yield break;
        if (scope.Set.Table is not null) yield return Member("@odata.editLink", Url(scope));
        foreach (var navigation in scope.Set.Navigations)
            yield return Member(navigation.Name + "@odata.navigationLink", Url(scope, "/" + navigation.Name));
    }

    private string TypeOf(Property property) =>
        request.Preferences.Metadata == "full" && TypeNames.Of(property.Type, property.EnumType, request.Model) is { } type
            ? JsonSql.Text($"\"{property.Name}@odata.type\":\"{type}\",") + " || " : "";

    private static string Member(string name, string value) => $"{JsonSql.Text($"\"{name}\":")} || {value}";
}
