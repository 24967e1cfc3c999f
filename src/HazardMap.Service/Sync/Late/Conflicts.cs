using System.Text.Json;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Register;
using HazardMap.Service.Register.Sets;
using HazardMap.Sync;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Sync.Late;

/// <summary>
/// What could not be merged, with what it was, what was sent and what stands, until a person decides. Who sent it sees it, who changed
/// the field, and whoever looks after the area.
/// </summary>
internal static class Conflicts
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Conflicts";

    private const string ReadOpen = """
        select entity, entity_id, field, mine, method, url, body::text, state from register.conflicts where id = $1
        """;

    private const string WriteDown = """
        update register.conflicts set state = $2, decided_by = register.actor(), decided_at = clock_timestamp(), decided = $3 where id = $1
        """;

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.conflicts", set =>
    {
        set.Description("What came late and could not be merged: base, mine and theirs, until a person decides", "同步冲突");
        set.WriteTo("register.conflicts");
        // Who sent it sees it wherever the water lies now; who changed the field otherwise has it in his area.
        set.Policy(new Policy(Roles.SeesPeople) { Own = "MadeBy" }.Calling(Roles.Outside, "Decide"));
        set.Key("Id", Edm.Guid).Label("Identifier", "标识");
        set.Property("Kind", model.Words<ConflictKind>()).Required().Label("Kind", "类别");
        set.Property("Entity", Edm.String).Required().Label("Entity set", "实体集").Description("The set of what it is about");
        set.Property("EntityId", Edm.String).Label("Entity", "实体").Description("Its key; null: it was to be created, and named none");
        set.Property("DivisionCode", Edm.String).Label("Division", Divisions.Zh + "代码").Description("Where it lay last");
        set.Property("Field", Edm.String).Label("Field", "字段").Description("Null: the whole request");
        set.Property("Base", Edm.String).Label("Base", "原值").Description("The value that both began with, as JSON");
        set.Property("Mine", Edm.String).Label("Mine", "本机值").Description("The value that the device sent, as JSON");
        set.Property("Theirs", Edm.String).Label("Theirs", "台账值").Description("The value that stood when it arrived, as JSON");
        set.Property("BaseVersion", Edm.Int32).Label("Base version", "原版本").Description("The version that the device had seen");
        set.Property("TheirVersion", Edm.Int32).Label("Their version", "台账版本").Description("The version that made the other value");
        set.Property("TheirBy", Edm.String).Label("Changed by", "对方").Description("Who made the other value");
        set.Property("TheirAt", Edm.DateTimeOffset).Label("Changed", "对方修改时间");
        set.Property("Method", Edm.String).Required().Label("Method", "请求方法");
        set.Property("Url", Edm.String).Required().Label("Address", "请求地址").Description("Below /odata");
        set.Property("Body", Edm.String).NotFilterable().Label("Request", "请求内容")
            .Description("What was sent, as JSON, of a request that is kept whole");
        set.Property("Code", Edm.String).Label("Code", "拒绝代码");
        set.Property("Reason", Edm.String).NotFilterable().Label("Reason", "原因（英文）").Description("Why it could not be done");
        set.Property("ReasonZh", Edm.String).NotFilterable().Label("Reason, Chinese", "原因").Description("The same in Chinese");
        set.Property("MadeBy", Edm.String).Required().Label("Made by", "提交人");
        set.Property("MadeAt", Edm.DateTimeOffset).Label("Made", "填写时间").Description("By the device's clock");
        set.Property("Device", Edm.String).Required().Label("Device", "设备");
        set.Property("Request", Edm.String).Required().Label("Request id", "请求编号").Description("Its Repeatability-Request-ID");
        set.Property("ReceivedAt", Edm.DateTimeOffset).Required().Label("Received", "收到时间");
        set.Property("State", model.Words<ConflictState>()).Required().Label("State", "裁决");
        set.Property("DecidedBy", Edm.String).Label("Decided by", "裁决人");
        set.Property("DecidedAt", Edm.DateTimeOffset).Label("Decided", "裁决时间");
        set.Property("Decided", Edm.String).NotFilterable().Label("Value decided", "裁决值")
            .Description("The value that was given instead, as JSON");
        set.Property("CreatedAt", Edm.DateTimeOffset).Required().Label("Created", "创建时间");
        set.Property("UpdatedAt", Edm.DateTimeOffset).Required().Label("Updated", "更新时间");
        set.Version("Version").Label("Version", "版本").Description("Counts the changes");
        set.ChangesFrom("odata.conflict_changes", "DivisionCode", "MadeBy", "TheirBy");
        set.Change("Decide", DecideAsync,
            FunctionParameter.Of("Choice", model.Words<ConflictState>()), FunctionParameter.Of<string>("Value"));
    });

    // The conflict is locked: of two people who decide, the second finds it decided.
    private static async Task DecideAsync(ChangeCall call, CancellationToken stop)
    {
        var open = await call.Connection.RowAsync(ReadOpen, row => new Kept(row.GetString(0), row.TextOrNull(1), row.TextOrNull(2),
            row.TextOrNull(3), row.GetString(4), row.GetString(5), row.TextOrNull(6), row.GetString(7)), stop, call.Key);
        if (open is null || open.State != nameof(ConflictState.Open))
            throw Refusals.Conflict("AlreadyDecided", "Somebody has decided it already.", "该冲突已有裁决。");
        var (choice, value) = Read(call.Arguments);
        if (choice != nameof(ConflictState.Theirs))
            await ApplyAsync(open, choice == nameof(ConflictState.Other) ? value : null, call, stop);
        await call.Connection.ExecuteAsync(WriteDown, stop, call.Key, choice, choice == nameof(ConflictState.Other) ? value : null);
    }

    private static (string Choice, string? Value) Read(IReadOnlyDictionary<string, object?> arguments)
    {
        if (arguments.GetValueOrDefault("Choice") is not string choice || choice == nameof(ConflictState.Open))
            throw Refusals.Broken("NoChoice", "Choice is Mine, Theirs or Other.", "Choice 须为 Mine、Theirs 或 Other。", "Choice");
        var value = arguments.GetValueOrDefault("Value") as string;
        if (choice == nameof(ConflictState.Other) && value is null)
            throw Refusals.Broken("NoValue", "Other needs a Value: that of the field, or what is to be sent in its place, as JSON.",
                "选择 Other 时须提供 Value：字段的值，或替代原请求的内容（JSON）。", "Value");
        return (choice, value);
    }

    /// <summary>As an ordinary change by whoever decides, on whatever state it is in now.</summary>
    private static async Task ApplyAsync(Kept kept, string? other, ChangeCall call, CancellationToken stop)
    {
        if (kept.Field is not null)
        {
            var value = Json(other ?? kept.Mine ?? "null") ?? JsonSerializer.SerializeToElement(other);
            var field = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [kept.Field] = value };
            await call.PatchAsync(kept.Entity, kept.Key ?? "", JsonSerializer.SerializeToElement(field), stop);
            return;
        }
        if (Json(other ?? kept.Body ?? "null") is not { ValueKind: JsonValueKind.Object } body)
            throw Refusals.Broken("NotARequest", "What is to be sent must be a JSON object.",
                "要提交的内容须为 JSON 对象。", "Value");
        if (HttpMethods.IsPatch(kept.Method)) await call.PatchAsync(kept.Entity, kept.Key ?? "", body, stop);
        else if (HttpMethods.IsPost(kept.Method) && !kept.IsAction) await call.PostAsync(kept.Entity, body, stop);
        else
            throw Refusals.Broken("CannotBeApplied", "This cannot be applied from here: do it in the register, then choose Theirs.",
                "此处不能执行该请求：请在台账中操作，然后选择 Theirs。", "Choice");
    }

    // Null: it is a text and no JSON.
    private static JsonElement? Json(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Kept(
        string Entity, string? Key, string? Field, string? Mine, string Method, string Url, string? Body, string State)
    {
        public bool IsAction => Url.Split('?')[0].Split('/')[^1].StartsWith("HazardMap.", StringComparison.Ordinal);
    }
}
