using System.Text.Json;
using HazardMap.OData;
using HazardMap.Service.Register;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace HazardMap.Benchmarks;

/// <summary>A statement and its values, as the library sends it.</summary>
internal sealed record Statement(string Sql, IReadOnlyList<NpgsqlParameter> Parameters);

/// <summary>The library's own parts, for what HTTP does not show. The one file here that knows its insides.</summary>
internal static class LibraryInside
{
    private static readonly ODataModel Model = RegisterModel.Model;

    /// <summary>The SQL by which a page of a collection is answered; with two statements,
    /// the second runs when the first finds nothing.</summary>
    public static List<Statement> PageOf(NpgsqlDataSource register, string set, string query)
    {
        var (_, page, sql) = Translated(register, set, query);
        return page.Steps is { } steps ? [With(steps.Few, page), With(steps.Many, page)] : [With(sql, page)];
    }

    /// <summary>The statement of a page, and what writes one of its rows as JSON.</summary>
    public static (Statement Statement, Action<Utf8JsonWriter, NpgsqlDataReader> Write) Writer(NpgsqlDataSource register,
        string set, string query)
    {
        var (request, page, sql) = Translated(register, set, query);
        return (With(sql, page), new EntityWriter(request, page.Shape).WriteMembers);
    }

    private static (ODataRequest Request, PageQuery Page, string Sql) Translated(NpgsqlDataSource register, string set, string query)
    {
        var http = new DefaultHttpContext();
        (http.Request.Scheme, http.Request.Host) = ("http", new HostString("localhost"));
        (http.Request.Path, http.Request.QueryString) = ("/odata/" + set, new QueryString("?" + query));
        var options = new ODataOptions { DataSource = register };
        var request = ODataRequest.Parse(ODataOperation.Of(http, "/odata", options), Model, options);
        var resource = Resource.Of(request);
        var page = new PageQuery(request, resource).Filter();
        return (request, page, page.PageSql(Selection.Of(request, resource.Set), skip: 0, request.Wanted.Top ?? 1000));
    }

    private static Statement With(string sql, PageQuery page)
    {
        using var command = new NpgsqlCommand();
        page.Parameters.CopyTo(command.Parameters, sql);
        return new Statement(sql, [.. command.Parameters.Select(x => x.Clone())]);
    }
}
