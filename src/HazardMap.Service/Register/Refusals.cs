using HazardMap.OData;
using HazardMap.Service.Database;

namespace HazardMap.Service.Register;

/// <summary>What the register refuses although types and ranges allow it, in both languages, with what to do instead.</summary>
internal static class Refusals
{
    // A phone's clock may be wrong by hours, not by days.
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    /// <summary>A value that is not to be: 422.</summary>
    public static ODataRefusalException Broken(string code, string message, string chinese, string target) =>
        new(422, code, message, target) { Details = [new("zh", chinese)] };

    /// <summary>A change that other records forbid: 409.</summary>
    public static ODataRefusalException Conflict(string code, string message, string chinese) =>
        new(409, code, message) { Details = [new("zh", chinese)] };

    /// <summary>A hook that refuses a moment or a day which lies in the future.</summary>
    /// <param name="property">The property.</param>
    public static Func<ODataChange, CancellationToken, Task> InTheFuture(string property) => (change, _) =>
        change.Value(property) switch
        {
            DateTime at when at > DateTime.UtcNow + Tolerance => throw Future(change.Set.Find(property)!),
            DateOnly day when day > DateOnly.FromDateTime(DateTime.UtcNow + Tolerance) => throw Future(change.Set.Find(property)!),
            _ => Task.CompletedTask,
        };

    /// <summary>What the change says of a property; <see langword="null"/> when it says nothing.</summary>
    public static object? Value(this ODataChange change, string property) =>
        change.Set.Find(property) is { } known ? change.Values.GetValueOrDefault(known) : null;

    /// <summary>Whether a question about the change's entity (<c>$1</c>: its key) is answered with true.</summary>
    public static async Task<bool> IsTrueAsync(this ODataChange change, string question, CancellationToken stop)
    {
        await using var command = change.Connection.Command(question, change.Key);
        return await command.ExecuteScalarAsync(stop) is true;
    }

    private static ODataRefusalException Future(Property property) =>
        Broken("InTheFuture", $"{property.Name} lies in the future.", $"{property.DescriptionZh ?? property.Name}晚于当前时间。",
            property.Name);
}
