using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace HazardMap.OData;

/// <summary>
/// What the host does about changes that come late, such as from a phone that was without a network, and say <c>Prefer: merge</c>:
/// what nobody else changed meanwhile is applied, and what cannot be done is kept for a person instead of being refused. All of it
/// happens in the transaction of the change.
/// </summary>
public abstract class LateChanges
{
    /// <summary>Whether late changes of a set are taken; of another set the preference is passed over.</summary>
    /// <param name="set">The set.</param>
    public abstract bool Takes(EntitySet set);

    /// <summary>
    /// What others changed of an entity since a version of it, by column. May throw <see cref="ODataRefusalException"/>: the change is
    /// then kept as a whole.
    /// </summary>
    /// <param name="change">The change; the entity is locked.</param>
    /// <param name="version">The version that it was made on: one that was issued.</param>
    /// <param name="stop">Ends the work.</param>
    public abstract Task<IReadOnlyDictionary<string, FormerValue>> SinceAsync(LateChange change, long version, CancellationToken stop);

    /// <summary>Keeps a field that two people changed.</summary>
    /// <param name="change">The change.</param>
    /// <param name="field">The field, as it was, as it was sent and as it is.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>What it is kept as.</returns>
    public abstract Task<Guid> KeepFieldAsync(LateChange change, FieldConflict field, CancellationToken stop);

    /// <summary>Keeps a change that is refused.</summary>
    /// <param name="change">The change.</param>
    /// <param name="refusal">Why it is refused, whose effects are undone.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>What it is kept as; null: it is refused after all.</returns>
    public abstract Task<KeptChange?> KeepAsync(LateChange change, ODataRefusalException refusal, CancellationToken stop);
}

/// <summary>A change that comes late.</summary>
public sealed class LateChange
{
    /// <summary>The HTTP request that carries it.</summary>
    public required HttpContext Http { get; init; }

    /// <summary>The headers of the request, or of the part of a batch.</summary>
    public required IHeaderDictionary Headers { get; init; }

    /// <summary>Who sends it.</summary>
    public required ODataCaller Caller { get; init; }

    /// <summary>The set.</summary>
    public required EntitySet Set { get; init; }

    /// <summary>The entity's key; null: the change creates one.</summary>
    public object? Key { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query below the service root.</summary>
    public required string Url { get; init; }

    /// <summary>What was sent: an object that says, too, what the path says of it; null where it was none.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>The version that the client has seen; null: it names none.</summary>
    public long? BaseVersion { get; init; }

    /// <summary>The connection, inside the transaction.</summary>
    public required NpgsqlConnection Connection { get; init; }
}

/// <summary>What a column was before others changed it.</summary>
/// <param name="Value">The value, as the row has it in JSON; a shape as GeoJSON.</param>
/// <param name="ChangedBy">Who changed it last.</param>
/// <param name="ChangedAt">When that was.</param>
/// <param name="Version">The version which that made.</param>
public sealed record FormerValue(JsonElement Value, string ChangedBy, DateTime ChangedAt, int Version);

/// <summary>A field that two people changed, each value in JSON as OData writes it.</summary>
/// <param name="Property">The field.</param>
/// <param name="Former">What it was, and who changed it.</param>
/// <param name="Mine">What is sent.</param>
/// <param name="Theirs">What it is now.</param>
public sealed record FieldConflict(Property Property, FormerValue Former, JsonElement Mine, JsonElement Theirs);

/// <summary>A change that is kept instead of being done: the answer is 202 with this.</summary>
/// <param name="Id">What it is kept as.</param>
/// <param name="Kind">Of which kind it is.</param>
/// <param name="Message">What happened, in English.</param>
/// <param name="Details">The same in other languages.</param>
public sealed record KeptChange(Guid Id, string Kind, string Message, IReadOnlyList<ODataErrorDetail> Details);
