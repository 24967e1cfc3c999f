using Microsoft.AspNetCore.Http;
using Npgsql;

namespace HazardMap.OData;

/// <summary>What the host supplies, and the limits that keep a request cheap.</summary>
public sealed class ODataOptions
{
    /// <summary>Where the data is.</summary>
    public required NpgsqlDataSource DataSource { get; init; }

    /// <summary>Who asks: restrictions, settings, permissions of one request. Default: everything may be read, nothing is set.</summary>
    public Func<HttpContext, ODataCaller> Caller { get; init; } = _ => ODataCaller.Unrestricted;

    /// <summary>How clients log in, for the OpenAPI description, such as <c>bearer</c>; the host itself does it.</summary>
    public string? HttpAuthenticationScheme { get; init; }

    /// <summary>Turns the host's own exceptions into refusals; null: not ours.</summary>
    public Func<Exception, ODataRefusalException?> MapException { get; init; } = _ => null;

    /// <summary>What refusals say beside English; null: nothing.</summary>
    public SecondLanguage? SecondLanguage { get; init; }

    /// <summary>Told about errors that are nobody's refusal.</summary>
    public Action<HttpContext, Exception>? OnUnexpected { get; init; }

    /// <summary>Where answers of repeatable requests are kept; null: such requests are refused with 501.</summary>
    public RepeatableRequests? Repeatable { get; init; }

    /// <summary>What becomes of changes that come late; null: <c>Prefer: merge</c> is passed over.</summary>
    public LateChanges? Late { get; init; }

    /// <summary>Requests in a batch.</summary>
    public int MaxBatchParts { get; init; } = 100;

    /// <summary>Bytes of a batch.</summary>
    public int MaxBatchBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Rows of a page when the client does not ask for fewer.</summary>
    public int MaxPageSize { get; init; } = 1000;

    /// <summary>Levels of <c>$expand</c>.</summary>
    public int MaxExpansionDepth { get; init; } = 2;

    /// <summary>Expanded navigations in one request.</summary>
    public int MaxExpansionCount { get; init; } = 20;

    /// <summary>Keys in <c>$orderby</c>.</summary>
    public int MaxOrderByKeys { get; init; } = 5;

    /// <summary>Nesting of <c>any</c> and <c>all</c>.</summary>
    public int MaxLambdaDepth { get; init; } = 1;

    /// <summary>Nesting of parentheses in the URL.</summary>
    public int MaxParentheses { get; init; } = 50;

    /// <summary>Parts of a request's expressions: operators, functions, names, literals.</summary>
    public int MaxNodes { get; init; } = 100;

    /// <summary>Nesting of functions.</summary>
    public int MaxFunctionDepth { get; init; } = 10;

    /// <summary>Transformations in <c>$apply</c>, nested ones included.</summary>
    public int MaxTransformations { get; init; } = 20;

    /// <summary>Combinations that the rollups of one <c>groupby</c> may make.</summary>
    public int MaxGroupingSets { get; init; } = 64;

    /// <summary>Characters of the URL.</summary>
    public int MaxUrlLength { get; init; } = 16_384;

    /// <summary>Bytes of a request body.</summary>
    public int MaxBodyBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Levels of entities that one POST may create below its own.</summary>
    public int MaxInsertDepth { get; init; } = 2;

    /// <summary>Entities that one POST may create.</summary>
    public int MaxInsertEntities { get; init; } = 1000;

    /// <summary>Positions in one geometry of a body or literal.</summary>
    public int MaxPositions { get; init; } = 100_000;

    /// <summary>How long a delta link can be followed; afterwards it is 410 and the set is read anew.
    /// Changes must be kept a day longer.</summary>
    public TimeSpan DeltaRetention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// A scalar SQL expression that names the history the database is living through: when it gives another value, all delta
    /// links given before are 410. By default the cluster, its timeline (it changes with a failover and a restore to a point
    /// in time) and the database. Whoever restores a copy of the files should make it depend on a value of his own too.
    /// </summary>
    public string ChangeEpochSql { get; init; } =
        "(select s.system_identifier from pg_control_system() s) || '.' || (select k.timeline_id from pg_control_checkpoint() k)"
        + " || '.' || (select d.oid from pg_database d where d.datname = current_database())";

    /// <summary>
    /// Seals delta links. All instances of a service need the same key; the default keeps out accidents, not forgers (a forged
    /// link tells nothing that its maker may not read anyway).
    /// </summary>
    public byte[] TokenKey { get; init; } = [.. "HazardMap.OData delta links"u8];

    /// <summary>Longest a statement may run, and what a host computes for a function.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest all statements of one change together may run, after its body was read; null: as long as one statement.</summary>
    public TimeSpan? ChangeTimeout { get; init; }

    /// <summary>How long a change, or a set of them, waits in all for others' changes of the same rows before it is answered 503.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(3);
}
