using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HazardMap.OData;

/// <summary>A JSON writer over the response; what is written is sent on as soon as there is enough of it.</summary>
internal sealed class JsonStream(ODataAnswer answer) : IAsyncDisposable
{
    private const int Enough = 32 * 1024;

    /// <summary>Chinese stays readable and short: JSON is not HTML.</summary>
    public static JsonWriterOptions Style { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly PipeWriter _pipe = answer.Body;

    public Utf8JsonWriter Json { get; } = new(answer.Body, Style);

    public ValueTask<FlushResult> SendIfEnoughAsync(CancellationToken stop)
    {
        if (Json.BytesPending + _pipe.UnflushedBytes < Enough) return ValueTask.FromResult(default(FlushResult));
        Json.Flush();
        return _pipe.FlushAsync(stop);
    }

    public async ValueTask DisposeAsync() => await Json.DisposeAsync();
}
