using System.Collections.Concurrent;
using System.Globalization;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Tests.Risk.Crowd;

/// <summary>What a crowd works on, what it was answered, and what it may rely on afterwards.</summary>
internal sealed class CrowdLedger
{
    private readonly ConcurrentDictionary<string, int> _answers = new(StringComparer.Ordinal);
    private readonly Lock _slow = new();
    private int _answered;

    /// <summary>Waters and schools of the town; the crowd never deletes these.</summary>
    public Guid[] Hazards { get; private set; } = [];

    /// <inheritdoc cref="Hazards" />
    public Guid[] Facilities { get; private set; } = [];

    /// <summary>What was created and, as far as anybody was told, not deleted; a value of false: somebody tries to.</summary>
    public ConcurrentDictionary<(string Set, Guid Id), bool> Created { get; } = new();

    /// <summary>What was deleted and acknowledged.</summary>
    public ConcurrentBag<(string Set, Guid Id)> Deleted { get; } = [];

    /// <summary>Acknowledged additions of one to a school's capacity.</summary>
    public ConcurrentDictionary<Guid, int> Added { get; } = new();

    /// <summary>Requests that were never answered: they may have been done.</summary>
    public int Unknown => _answers.GetValueOrDefault("no answer");

    /// <summary>How many requests have been answered.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Answers that must not be.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    /// <summary>Seconds and text of the slowest request.</summary>
    public (double Seconds, string Request) Slowest { get; private set; } = (0, "");

    public static async Task<CrowdLedger> OpenAsync(NpgsqlDataSource database) => new()
    {
        Hazards =
            (await database.ScalarAsync<Guid[]>("select array_agg(id order by code) from register.hazards where code like 'H%'", default))!,
        Facilities = (await database.ScalarAsync<Guid[]>(
            "select array_agg(id order by code) from register.facilities where code like 'F%'", default))!,
    };

    /// <summary>Takes note of an answer.</summary>
    public void Note(string request, string answer, double seconds)
    {
        _answers.AddOrUpdate(answer, 1, (_, n) => n + 1);
        if (seconds > 0) Interlocked.Increment(ref _answered);
        lock (_slow)
            if (seconds > Slowest.Seconds) Slowest = (seconds, request);
    }

    /// <summary>How often which answer came.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{string.Join(", ", _answers.OrderByDescending(a => a.Value).Select(a => $"{a.Value} x {a.Key}"))}; "
            + $"slowest {Slowest.Seconds:F2} s ({Slowest.Request})");
}
