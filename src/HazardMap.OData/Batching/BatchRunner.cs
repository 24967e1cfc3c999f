using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>
/// Answers a batch: its requests one after the other, each as if it had come by itself; those of an atomicity group in one
/// transaction, answered after its commit.
/// </summary>
internal sealed class BatchRunner(ODataService service, ODataOperation batch, ODataOptions options)
{
    private readonly BatchState _state = new(batch);

    public async Task AnswerAsync(CancellationToken stop)
    {
        if (!HttpMethods.IsPost(batch.Method)) throw AllowedMethods.Refused(batch.Method, "$batch", AllowedMethods.Calling);
        if (batch.Wishes("respond-async"))
            throw ODataRefusalException.NotBuilt("A batch is answered at once: leave out respond-async.", "Prefer");
        var type = batch.Headers.ContentType.ToString();
        var isMime = type.StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase);
        if (!isMime && !SentType.IsJson(type))
            throw new ODataRefusalException(415, "UnsupportedMediaType", "Send application/json or multipart/mixed.", "Content-Type");
        if (isMime) SentType.NeedUtf8(type);
        else SentType.NeedJson(type);
        var answersInMime = AnswersInMime(isMime);
        var bytes = await RequestBody.BytesAsync(batch, nameof(ODataOptions.MaxBatchBytes), options.MaxBatchBytes, stop);
        var parts = isMime ? await BatchMime.ReadAsync(bytes, type, options.MaxBatchParts, stop) : BatchDocument.Read(bytes);
        if (parts.Count > options.MaxBatchParts)
            throw ODataRefusalException.Over(nameof(ODataOptions.MaxBatchParts), options.MaxBatchParts, "The batch has too many requests.");
        BatchWriter writer = answersInMime ? new MimeBatchWriter(batch.Answer.Body) : new JsonBatchWriter(batch.Answer.Body);
        await AnswerAsync(parts, writer, stop);
    }

    /// <summary>As the client accepts; where it takes both, as it sent.</summary>
    private bool AnswersInMime(bool isMime)
    {
        string[] offers = isMime ? ["multipart/mixed", "application/json"] : ["application/json", "multipart/mixed"];
        return MediaTypes.Choose(batch, format: null, offers).Offer == "multipart/mixed";
    }

    private async Task AnswerAsync(List<BatchPart> parts, BatchWriter writer, CancellationToken stop)
    {
        var goesOn = batch.Wishes("continue-on-error");
        if (goesOn) batch.Answer.Headers["Preference-Applied"] = "continue-on-error";
        if (batch.Headers.ContainsKey(RepeatableRequest.IdHeader))
            batch.Answer.Headers[RepeatableRequest.ResultHeader] = options.Repeatable is null ? "rejected" : "accepted";
        batch.Answer.ContentType = writer.ContentType;
        writer.Begin();
        for (var i = 0; i < parts.Count;)
        {
            var unit = parts[i].Group is { } group ? parts.Skip(i).TakeWhile(x => x.Group == group).ToList() : [parts[i]];
            i += unit.Count;
            if (_state.Fault(unit) is { } fault) await RefuseAsync(unit, fault, writer, stop);
            // After a failure only what depended on it is still answered: nothing else is looked at.
            else if (_state.HasFailures && !goesOn) continue;
            else if (unit[0].Group is null) await AloneAsync(unit[0], writer, stop);
            else await TogetherAsync(unit, writer, stop);
        }
        writer.End();
    }

    private async Task AloneAsync(BatchPart part, BatchWriter writer, CancellationToken stop)
    {
        var answer = new PartAnswer(writer, part, batch.Answer);
        var operation = _state.Operation(part, answer, scope: null);
        answer.Headers["OData-Version"] = batch.Answer.Headers["OData-Version"];
        if (operation is null) await Errors.WriteAsync(batch with { Answer = answer }, _state.NotHere(part), options);
        else await service.HandleAsync(operation, stop);
        stop.ThrowIfCancellationRequested();
        await answer.EndAsync(stop);
        _state.Done(part, operation, answer);
    }

    private async Task TogetherAsync(List<BatchPart> parts, BatchWriter writer, CancellationToken stop)
    {
        var answers = new List<(BatchPart Part, HeldAnswer Answer)>();
        try
        {
            await using var scope = await ChangeScope.OpenAsync(options, batch.Caller.Value, stop);
            foreach (var part in parts)
            {
                answers.Add((part, new HeldAnswer()));
                var operation = _state.Operation(part, answers[^1].Answer, scope) ?? throw _state.NotHere(part);
                if (operation.IsRead || QueryBody.IsNamed(operation.Path))
                    throw ODataRefusalException.Bad($"{part.Method} cannot be part of an atomicity group.", part.Id);
                await service.PerformAsync(operation, stop);
                _state.Done(part, operation, answers[^1].Answer);
            }
            await scope.CommitAsync();
        }
        catch (Exception error) when (error is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            await RefuseAsync(parts, error, writer, stop, answers.Count == 0 ? null : answers[^1].Part);
            return;
        }
        writer.BeginGroup();
        foreach (var (part, held) in answers) await SendAsync(part, held, writer, stop);
        writer.EndGroup();
    }

    private async Task SendAsync(BatchPart part, HeldAnswer held, BatchWriter writer, CancellationToken stop)
    {
        var answer = new PartAnswer(writer, part, batch.Answer);
        await held.SendToAsync(answer, stop);
        await answer.EndAsync(stop);
    }

    /// <summary>Nothing of the unit was done: the culprit says why, the others that they depended on it.</summary>
    private async Task RefuseAsync(List<BatchPart> parts, Exception error, BatchWriter writer, CancellationToken stop,
        BatchPart? culprit = null)
    {
        _state.Failed(parts);
        culprit ??= parts[0];
        foreach (var part in writer.FailsAsOne ? [culprit] : parts)
        {
            var answer = new PartAnswer(writer, part, batch.Answer);
            answer.Headers["OData-Version"] = batch.Answer.Headers["OData-Version"];
            var dependent = new ODataRefusalException(424, "FailedDependency",
                $"Nothing of the group {part.Group} was done, because {culprit.Id} failed.");
            await Errors.WriteAsync(batch with { Answer = answer },
                part == culprit || error is ODataRefusalException { Status: 424 } ? error : dependent, options);
            await answer.EndAsync(stop);
        }
    }
}
