using Npgsql;

namespace HazardMap.OData;

/// <summary>
/// Where the streams of media entities are, when they are not in a column of their own row. Called inside the transaction of
/// the change: what is written must only be found when the transaction commits, such as a row of another table, or a file
/// named by its digest.
/// </summary>
public abstract class MediaStore
{
    /// <summary>The stream of an entity that exists for the caller; null: it has none.</summary>
    /// <param name="connection">A connection to the database.</param>
    /// <param name="key">The entity's key.</param>
    /// <param name="stop">Ends the reading.</param>
    public abstract Task<ReadOnlyMemory<byte>?> ReadAsync(NpgsqlConnection connection, object key, CancellationToken stop);

    /// <summary>What is kept of a stream that came in: it as it is, unless the host takes something out of it or refuses it.</summary>
    /// <param name="type">Its media type, one of those that the set takes.</param>
    /// <param name="content">The stream as it came.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The stream that the row describes (its size) and that is kept.</returns>
    public virtual Task<PreparedStream> PrepareAsync(string type, ReadOnlyMemory<byte> content, CancellationToken stop) =>
        Task.FromResult(new PreparedStream(content));

    /// <summary>Keeps a stream for an entity whose row has just been written.</summary>
    /// <param name="change">The change of the entity, with its transaction.</param>
    /// <param name="stream">What <see cref="PrepareAsync"/> gave.</param>
    /// <param name="stop">Ends the writing.</param>
    public abstract Task WriteAsync(ODataChange change, PreparedStream stream, CancellationToken stop);
}

/// <summary>A stream as it is kept. A host that learns more of it, such as a smaller picture, derives from this.</summary>
/// <param name="content">The bytes.</param>
public class PreparedStream(ReadOnlyMemory<byte> content)
{
    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; } = content;

    /// <summary>What else the row says of its stream, by property, such as a digest; all belong to the server.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);
}

/// <summary>The stream of a media entity: where it is and what it may be.</summary>
public sealed class Media
{
    internal Media(Property type, Property? size, Property? content, MediaStore? store, IReadOnlyList<string> accepted, int maxBytes) =>
        (Type, Size, Content, Store, Accepted, MaxBytes) = (type, size, content, store, accepted, maxBytes);

    /// <summary>Property that says the stream's media type.</summary>
    public Property Type { get; }

    /// <summary>Property that says the stream's length, if any.</summary>
    public Property? Size { get; }

    /// <summary>Media types that are taken; empty: all.</summary>
    public IReadOnlyList<string> Accepted { get; }

    /// <summary>Longest stream taken.</summary>
    public int MaxBytes { get; }

    internal Property? Content { get; }

    internal MediaStore? Store { get; }
}
