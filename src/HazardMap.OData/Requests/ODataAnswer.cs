using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>An answer while it is given: status and headers until the body begins, then bytes.</summary>
internal abstract class ODataAnswer
{
    public abstract int Status { get; set; }

    public abstract IHeaderDictionary Headers { get; }

    public abstract PipeWriter Body { get; }

    /// <summary>Whether status and headers are out and cannot be taken back.</summary>
    public abstract bool HasStarted { get; }

    public string? ContentType
    {
        set => Headers.ContentType = value;
    }

    public async Task TextAsync(string text, CancellationToken stop) => await Body.WriteAsync(Encoding.UTF8.GetBytes(text), stop);

    /// <summary>Forgets everything written before the answer started.</summary>
    public abstract void Clear();

    /// <summary>Half an answer is out and the rest cannot follow: a broken connection is the only honest end.</summary>
    public abstract void Abort();
}

/// <summary>The answer to an HTTP request.</summary>
internal sealed class HttpAnswer(HttpContext http) : ODataAnswer
{
    private readonly TakenBackWriter _body = new(() => http.Response.BodyWriter);

    public override int Status
    {
        get => http.Response.StatusCode;
        set => http.Response.StatusCode = value;
    }

    public override IHeaderDictionary Headers => http.Response.Headers;

    public override PipeWriter Body => _body;

    public override bool HasStarted => http.Response.HasStarted;

    public override void Clear()
    {
        _body.TakeBack();
        http.Response.Clear();
    }

    /// <summary>Nothing more is written: what is left goes to the server.</summary>
    public void End() => _body.HandOver();

    public override void Abort()
    {
        _body.TakeBack();
        http.Abort();
    }
}
