using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>Writes the answers of a batch, one after the other, into the batch's own answer.</summary>
internal abstract class BatchWriter(PipeWriter pipe)
{
    protected PipeWriter Pipe { get; } = pipe;

    public abstract string ContentType { get; }

    public abstract void Begin();

    public abstract void End();

    /// <summary>Opens and closes the answers of an atomicity group that succeeded.</summary>
    public virtual void BeginGroup()
    {
    }

    public virtual void EndGroup()
    {
    }

    /// <summary>Whether a group that failed is answered by one error instead of one answer for each request.</summary>
    public abstract bool FailsAsOne { get; }

    /// <summary>Whether a body of this type can be sent on while it is written.</summary>
    public abstract bool CanStream(string contentType);

    /// <summary>Status and headers of an answer; its body follows.</summary>
    public abstract void BeginPart(BatchPart part, int status, IHeaderDictionary headers, bool hasBody);

    /// <summary>A piece of the body.</summary>
    public abstract void Body(ReadOnlySpan<byte> bytes, string contentType);

    public abstract void EndPart();

    public ValueTask<FlushResult> SendAsync(CancellationToken stop) => Pipe.FlushAsync(stop);

    protected void Text(string text) => Encoding.UTF8.GetBytes(text.AsSpan(), Pipe);
}
