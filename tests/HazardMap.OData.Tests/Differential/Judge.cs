namespace HazardMap.OData.Tests.Differential;

/// <summary>Asks both, compares, and explains what differs.</summary>
public sealed class Judge(HttpClient ours, HttpClient reference)
{
    private static readonly IReadOnlySet<string> Plainly = new HashSet<string>();

    /// <summary>What became of a question: the kinds that explain its difference (none: no difference), or what is not explained.</summary>
    public async Task<(IReadOnlySet<string> Explained, string? Unexplained)> HearAsync(Question question)
    {
        var (mine, theirs) = (await AskAsync(ours, question, Plainly), await AskAsync(reference, question, Plainly));
        if (Difference(question, mine, theirs) is not { } difference) return (Plainly, null);
        var kinds = question.Kinds;
        if (mine.Answered && Refused(theirs, kinds) is { } refused) return (new HashSet<string> { refused }, null);
        if (!await AgreeAsync(question, mine, kinds))
            return (Plainly, kinds.Count == 0 ? difference : $"{difference}\n"
                + $"asked carefully: {Difference(question, mine, await AskAsync(reference, question, kinds))}\n{question.Url(kinds)}");
        return (await NeededAsync(question, mine, kinds), null);
    }

    // Which of the kinds are at work: one after the other is said plainly again, as long as the answers stay the same.
    private async Task<IReadOnlySet<string>> NeededAsync(Question question, Heard mine, IReadOnlySet<string> kinds)
    {
        var needed = kinds.ToHashSet(StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            var without = needed.Where(x => x != kind).ToHashSet(StringComparer.Ordinal);
            if (await AgreeAsync(question, mine, without)) needed = without;
        }
        return needed;
    }

    private async Task<bool> AgreeAsync(Question question, Heard mine, IReadOnlySet<string> careful)
    {
        var theirs = await AskAsync(reference, question, careful);
        foreach (var kind in ExplainedDifference.Kinds.Where(x => careful.Contains(x.Name)))
            theirs = kind.Reread?.Invoke(mine, theirs) ?? theirs;
        return Difference(question, mine, theirs) is null || (mine.Answered && Refused(theirs, careful) is not null);
    }

    private static string? Refused(Heard theirs, IReadOnlySet<string> kinds) =>
        theirs.Answered
            ? null : ExplainedDifference.Kinds.FirstOrDefault(x => kinds.Contains(x.Name) && x.Refusal?.IsMatch(theirs.Text) == true)?.Name;

    private static Task<Heard> AskAsync(HttpClient http, Question question, IReadOnlySet<string> careful) =>
        Heard.AskAsync(http, question.Url(careful), question.PageSize);

    private static string? Difference(Question question, Heard mine, Heard theirs)
    {
        if (mine.Answered != theirs.Answered)
            return $"{question}\nours {mine.Status}, theirs {theirs.Status}: {Start(mine.Answered ? theirs.Text : mine.Text)}";
        if (!mine.Answered)
            return mine.Status / 100 == theirs.Status / 100
                ? null : $"{question}\nours {mine.Status} {Start(mine.Text)}, theirs {theirs.Status} {Start(theirs.Text)}";
        if (mine.Count != theirs.Count) return $"{question}\ncount: ours {mine.Count}, theirs {theirs.Count}";
        var (a, b) = question.Ordered
            ? (mine.Rows, theirs.Rows) : ([.. mine.Rows.Order(StringComparer.Ordinal)], [.. theirs.Rows.Order(StringComparer.Ordinal)]);
        if (a.SequenceEqual(b, StringComparer.Ordinal)) return null;
        return $"{question}\n{a.Count} rows, "
            + $"theirs {b.Count}{(a.Order().SequenceEqual(b.Order(), StringComparer.Ordinal) ? ", in another order" : "")}\n"
            + string.Join('\n', a.Zip(b).Where(x => x.First != x.Second).Take(2)
                .Select(x => $"  ours   {Start(x.First)}\n  theirs {Start(x.Second)}"));
    }

    private static string Start(string text) => text.Length > 300 ? text[..300] : text;
}
